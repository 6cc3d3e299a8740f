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
import software.amazon.awssdk.services.kinesisvideo.model.APIName;
import software.amazon.awssdk.services.kinesisvideomedia.model.GetMediaRequest;
import software.amazon.awssdk.services.kinesisvideomedia.model.StartSelector;
import software.amazon.awssdk.services.kinesisvideomedia.model.StartSelectorType;

/** Sessions of GetMedia by the SDK. */
final class HttpMediaService implements MediaService {
  private final KvsStream stream;
  private final KvsConnection connection;
  private final String who;
  private @Nullable KvsClients clients;

  HttpMediaService(KvsStream stream, KvsConnection connection, String who) {
    this.stream = stream;
    this.connection = connection;
    this.who = who;
  }

  @Override
  public MediaSession open(KvsStart start) throws InterruptedException {
    KvsClients open = clients();
    GetMediaRequest.Builder request =
        GetMediaRequest.builder()
            .startSelector(selector(start))
            .overrideConfiguration(open.atMedia(endpoint(open)));
    stream.name().ifPresent(request::streamName);
    stream.arn().ifPresent(request::streamARN);
    HttpMediaSession session = new HttpMediaSession();
    session.call(open.media(), request.build());
    return session;
  }

  private URI endpoint(KvsClients open) throws InterruptedException {
    try {
      return open.dataEndpoint(stream, APIName.GET_MEDIA);
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

  @Override
  public void renewEndpoint() {
    clients().forgetEndpoint(stream, APIName.GET_MEDIA);
  }

  @Override
  public void renewCredentials() {
    renewEndpoint();
    close(); // the next clients ask the supplier of credentials again
  }

  @Override
  public void close() {
    if (clients != null) {
      clients.close();
      clients = null;
    }
  }

  private KvsClients clients() {
    if (clients == null) {
      clients = KvsClients.open(connection, who);
    }
    return clients;
  }

  private static StartSelector selector(KvsStart start) {
    StartSelector.Builder selector = StartSelector.builder();
    if (start instanceof KvsStart.After after) {
      selector
          .startSelectorType(StartSelectorType.FRAGMENT_NUMBER)
          .afterFragmentNumber(after.number().digits());
    } else if (start instanceof KvsStart.ProducerTime producer) {
      selector
          .startSelectorType(StartSelectorType.PRODUCER_TIMESTAMP)
          .startTimestamp(producer.time());
    } else if (start instanceof KvsStart.ServerTime server) {
      selector.startSelectorType(StartSelectorType.SERVER_TIMESTAMP).startTimestamp(server.time());
    } else if (start instanceof KvsStart.Earliest) {
      selector.startSelectorType(StartSelectorType.EARLIEST);
    } else {
      selector.startSelectorType(StartSelectorType.NOW);
    }
    return selector.build();
  }
}
