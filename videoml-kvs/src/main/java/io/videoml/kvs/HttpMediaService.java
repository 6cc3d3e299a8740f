package io.videoml.kvs;

import io.videoml.kvs.client.KvsClients;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.client.KvsStream;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;
import software.amazon.awssdk.services.kinesisvideomedia.model.GetMediaRequest;
import software.amazon.awssdk.services.kinesisvideomedia.model.GetMediaResponse;
import software.amazon.awssdk.services.kinesisvideomedia.model.StartSelector;
import software.amazon.awssdk.services.kinesisvideomedia.model.StartSelectorType;

/** Sessions of GetMedia by the SDK. */
final class HttpMediaService implements MediaService {
  private final KvsStream stream;
  private final Endpoints endpoints;

  HttpMediaService(KvsStream stream, KvsConnection connection, String who) {
    this.stream = stream;
    this.endpoints = new Endpoints(stream, connection, who);
  }

  @Override
  public MediaSession open(KvsStart start) throws InterruptedException {
    KvsClients open = endpoints.clients();
    GetMediaRequest.Builder request =
        GetMediaRequest.builder()
            .startSelector(selector(start))
            .overrideConfiguration(open.atMedia(endpoints.address(APIName.GET_MEDIA)));
    stream.name().ifPresent(request::streamName);
    stream.arn().ifPresent(request::streamARN);
    HttpMediaSession<GetMediaResponse> session = new HttpMediaSession<>();
    session.call(response -> open.media().getMedia(request.build(), response));
    return session;
  }

  @Override
  public void renewEndpoint() {
    endpoints.renew(APIName.GET_MEDIA);
  }

  @Override
  public void renewCredentials() {
    renewEndpoint();
    close(); // the next clients ask the supplier of credentials again
  }

  @Override
  public void close() {
    endpoints.close();
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
