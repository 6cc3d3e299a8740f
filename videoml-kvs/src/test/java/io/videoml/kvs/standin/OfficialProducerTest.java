package io.videoml.kvs.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.services.kinesisvideo.AmazonKinesisVideoPutMedia;
import com.amazonaws.services.kinesisvideo.AmazonKinesisVideoPutMediaClientBuilder;
import com.amazonaws.services.kinesisvideo.PutMediaAckResponseHandler;
import com.amazonaws.services.kinesisvideo.model.AckEvent;
import com.amazonaws.services.kinesisvideo.model.FragmentTimecodeType;
import com.amazonaws.services.kinesisvideo.model.PutMediaRequest;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.service.KvsRequest;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stand-in, checked by AWS's own PutMedia client, which only the retired SDK has. */
@Timeout(60)
class OfficialProducerTest {
  /** What the client was told. */
  private static final class Outcome implements PutMediaAckResponseHandler {
    private final List<AckEvent> acks = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();

    @Override
    public void onAckEvent(AckEvent event) {
      acks.add(event);
    }

    @Override
    public void onFailure(Throwable problem) {
      end.complete(Optional.of(problem));
    }

    @Override
    public void onComplete() {
      end.complete(Optional.empty());
    }
  }

  @Test
  void putMedia_ofVersion1_isStoredAndAcknowledged() throws Exception {
    byte[] media = Captures.read("clusters.mkv");
    Instant start = Instant.parse("2026-11-22T12:18:09.592Z");
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock");

      Outcome outcome = put(service, service.secretKey(), media, start);

      assertThat(outcome.end.get(20, TimeUnit.SECONDS)).isEmpty();
      assertThat(service.fragments("dock")).hasSize(8);
      int frames = 0;
      for (var fragment : service.fragments("dock")) {
        frames += fragment.frames().size();
        assertThat(fragment.producerTime()).isEqualTo(start.plusMillis(fragment.timecodeMillis()));
      }
      assertThat(frames).isEqualTo(444);
      assertThat(outcome.acks)
          .extracting(ack -> ack.getAckEventType().toString())
          .filteredOn("PERSISTED"::equals)
          .hasSize(8);
      assertThat(outcome.acks.get(0).getFragmentNumber())
          .isEqualTo(service.fragments("dock").get(0).number());
    }
  }

  @Test
  void putMedia_ofVersion1WithAnotherKey_isRefused() throws Exception {
    byte[] media = Captures.read("clusters.mkv");
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock");

      Outcome outcome = put(service, "another", media, Instant.now());

      assertThat(outcome.end.get(20, TimeUnit.SECONDS)).isPresent();
      assertThat(service.requests())
          .extracting(KvsRequest::operation, KvsRequest::status)
          .containsOnly(org.assertj.core.groups.Tuple.tuple(KvsOperation.PUT_MEDIA, 403));
      assertThat(service.fragments("dock")).isEmpty();
    }
  }

  private static Outcome put(KvsStandIn service, String secret, byte[] media, Instant start)
      throws Exception {
    Outcome outcome = new Outcome();
    AmazonKinesisVideoPutMedia client =
        AmazonKinesisVideoPutMediaClientBuilder.standard()
            .withRegion(service.region())
            .withEndpoint(service.endpoint())
            .withCredentials(
                new AWSStaticCredentialsProvider(
                    new BasicAWSCredentials(service.accessKey(), secret)))
            .withConnectionTimeoutInMillis(10_000)
            .withNumberOfThreads(1)
            .build();
    CountDownLatch closed = new CountDownLatch(1);
    outcome.end.whenComplete((end, problem) -> closed.countDown());
    client.putMedia(
        new PutMediaRequest()
            .withStreamName("dock")
            .withFragmentTimecodeType(FragmentTimecodeType.RELATIVE)
            .withProducerStartTimestamp(Date.from(start))
            .withPayload(new ByteArrayInputStream(media)),
        outcome);
    assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    client.close();
    return outcome;
  }
}
