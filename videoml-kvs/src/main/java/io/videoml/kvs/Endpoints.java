package io.videoml.kvs;

import io.videoml.kvs.client.KvsClients;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.client.KvsFailure.Remedy;
import io.videoml.kvs.client.KvsStream;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;

/**
 * The clients of one reader, and where they call.
 *
 * <p>Threading: one thread.
 */
final class Endpoints implements AutoCloseable {
  private final KvsStream stream;
  private final KvsConnection connection;
  private final String who;
  private @Nullable KvsClients clients;

  Endpoints(KvsStream stream, KvsConnection connection, String who) {
    this.stream = stream;
    this.connection = connection;
    this.who = who;
  }

  /** Returns the clients, which are opened when they are first needed. */
  KvsClients clients() {
    if (clients == null) {
      clients = KvsClients.open(connection, who);
    }
    return clients;
  }

  /**
   * Returns the address that serves an operation; blocks where it must be asked for.
   *
   * @throws MediaException if the service does not tell
   */
  URI address(APIName operation) throws InterruptedException {
    try {
      return clients().dataEndpoint(stream, operation);
    } catch (SourceException e) {
      if (e.kind() == Kind.CLOSED) {
        boolean unused = Thread.interrupted(); // said by the exception instead
        throw new InterruptedException("interrupted while asking for the data endpoint");
      }
      KvsFailure failure = KvsFailure.of(e);
      throw new MediaException(
          e.kind() == Kind.AUTHENTICATION
              ? new KvsFailure(
                  Remedy.NEW_CREDENTIALS,
                  failure.kind(),
                  failure.code(),
                  failure.message(),
                  failure.cause())
              : failure);
    }
  }

  /** Returns what a request to the archive needs. */
  AwsRequestOverrideConfiguration at(APIName operation) throws InterruptedException {
    return clients().atArchive(address(operation));
  }

  /** Asks for an address anew before it is needed next. */
  void renew(APIName operation) {
    clients().forgetEndpoint(stream, operation);
  }

  /** Gives the clients back; they are opened anew when needed. */
  @Override
  public void close() {
    if (clients != null) {
      clients.close();
      clients = null;
    }
  }
}
