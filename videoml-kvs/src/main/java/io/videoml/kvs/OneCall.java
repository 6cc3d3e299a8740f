package io.videoml.kvs;

import io.videoml.kvs.client.KvsClients;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.client.KvsStream;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.KinesisVideoArchivedMediaAsyncClient;

/**
 * Asks the archive for one thing.
 *
 * <p>Threading: one thread.
 */
final class OneCall implements AutoCloseable {
  private final KvsStream stream;
  private final KvsConnection connection;
  private final String who;
  private final KvsClients clients;

  OneCall(KvsStream stream, KvsConnection connection, String who) {
    this.stream = stream;
    this.connection = connection;
    this.who = who;
    this.clients = KvsClients.open(connection, who);
  }

  KinesisVideoArchivedMediaAsyncClient archive() {
    return clients.archive();
  }

  /** Returns what a request needs; blocks where the address must be asked for. */
  AwsRequestOverrideConfiguration at(APIName operation) {
    return clients.atArchive(clients.dataEndpoint(stream, operation));
  }

  /** The next call asks for the address anew, as the service advises after a failure. */
  void forget(APIName operation) {
    clients.forgetEndpoint(stream, operation);
  }

  /**
   * Asks, and waits for the answer as long as the connection's read timeout allows.
   *
   * @throws SourceException if it does not come
   */
  <T> T await(
      APIName operation,
      BiFunction<
              KinesisVideoArchivedMediaAsyncClient,
              AwsRequestOverrideConfiguration,
              CompletableFuture<T>>
          request) {
    AwsRequestOverrideConfiguration at = at(operation);
    try {
      return clients.await(request.apply(archive(), at), connection.readTimeout());
    } catch (SourceException e) {
      forget(operation);
      throw e;
    }
  }

  /** Reads an address that the service gave, which may hold a credential. */
  URI address(@Nullable String text) {
    if (text == null || text.isBlank()) {
      throw new SourceException(Kind.NETWORK, who, "the service gives no address to play at");
    }
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) { // whose message shows it
      throw new SourceException(Kind.NETWORK, who, "the service gives no valid address to play at");
    }
  }

  @Override
  public void close() {
    clients.close();
  }
}
