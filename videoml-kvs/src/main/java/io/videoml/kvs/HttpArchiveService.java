package io.videoml.kvs;

import io.videoml.frame.CaptureClock;
import io.videoml.kvs.client.KvsClients;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.client.KvsStream;
import io.videoml.kvs.fragment.FragmentNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisvideo.model.APIName;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.Fragment;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.FragmentSelectorType;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.GetMediaForFragmentListRequest;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.GetMediaForFragmentListResponse;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.ListFragmentsRequest;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.model.ListFragmentsResponse;

/** The archive by the SDK. */
final class HttpArchiveService implements ArchiveService {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final KvsStream stream;
  private final KvsConnection connection;
  private final int page;
  private final Endpoints endpoints;

  HttpArchiveService(KvsStream stream, KvsConnection connection, String who, int page) {
    this.stream = stream;
    this.connection = connection;
    this.page = page;
    this.endpoints = new Endpoints(stream, connection, who);
  }

  @Override
  public Page list(KvsRange range, Optional<String> next) throws InterruptedException {
    ListFragmentsRequest.Builder request =
        ListFragmentsRequest.builder()
            .maxResults((long) page)
            .fragmentSelector(
                selector ->
                    selector
                        .fragmentSelectorType(
                            range.clock() == CaptureClock.KVS_SERVER
                                ? FragmentSelectorType.SERVER_TIMESTAMP
                                : FragmentSelectorType.PRODUCER_TIMESTAMP)
                        .timestampRange(
                            times -> times.startTimestamp(range.from()).endTimestamp(range.to())))
            .overrideConfiguration(endpoints.at(APIName.LIST_FRAGMENTS));
    stream.name().ifPresent(request::streamName);
    stream.arn().ifPresent(request::streamARN);
    next.ifPresent(request::nextToken);
    ListFragmentsResponse response =
        await(endpoints.clients().archive().listFragments(request.build()));
    List<KvsArchivedFragment> fragments = new ArrayList<>();
    for (Fragment fragment : response.fragments()) {
      if (FragmentNumber.wellFormed(String.valueOf(fragment.fragmentNumber()))) {
        fragments.add(archived(fragment));
      }
    }
    return new Page(fragments, Optional.ofNullable(response.nextToken()).filter(t -> !t.isEmpty()));
  }

  private static KvsArchivedFragment archived(Fragment fragment) {
    return new KvsArchivedFragment(
        new FragmentNumber(fragment.fragmentNumber()),
        fragment.producerTimestamp(),
        fragment.serverTimestamp(),
        Duration.ofMillis(orZero(fragment.fragmentLengthInMilliseconds())),
        orZero(fragment.fragmentSizeInBytes()));
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : Math.max(0, value);
  }

  @Override
  public MediaSession media(List<FragmentNumber> numbers) throws InterruptedException {
    GetMediaForFragmentListRequest.Builder request =
        GetMediaForFragmentListRequest.builder()
            .fragments(numbers.stream().map(FragmentNumber::digits).toList())
            .overrideConfiguration(endpoints.at(APIName.GET_MEDIA_FOR_FRAGMENT_LIST));
    stream.name().ifPresent(request::streamName);
    stream.arn().ifPresent(request::streamARN);
    KvsClients clients = endpoints.clients();
    HttpMediaSession<GetMediaForFragmentListResponse> session = new HttpMediaSession<>();
    session.call(response -> clients.archive().getMediaForFragmentList(request.build(), response));
    return session;
  }

  /** As the clients' own, but that the failure stays one that a remedy is known for. */
  private <T> T await(CompletableFuture<T> answer) throws InterruptedException {
    try {
      return answer.get(ANSWER.plus(connection.connectTimeout()).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new MediaException(KvsFailure.of(e));
    } catch (ExecutionException e) {
      if (KvsClients.causedByInterrupt(e)) {
        throw new InterruptedException("interrupted while asking the service");
      }
      throw new MediaException(KvsFailure.of(e));
    }
  }

  @Override
  public void renewEndpoint() {
    endpoints.renew(APIName.LIST_FRAGMENTS);
    endpoints.renew(APIName.GET_MEDIA_FOR_FRAGMENT_LIST);
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
}
