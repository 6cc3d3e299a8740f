package io.videoml.kvs.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.kvs.produce.FakePacketSource.Connection;
import io.videoml.kvs.produce.FakePacketSource.End;
import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketInfo;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.source.SourceException;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.media.StoredFragment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KvsForwardTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void forward_file_storesAllOfItAndEnds() throws Exception {
    Path file =
        Path.of(System.getProperty("videoml.shared", ""), "data", "videos", "car-detection.mp4");
    assumeTrue(Files.exists(file), "no videos at videoml.shared");
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      try (KvsForward forward =
          KvsWriterStandInTest.producer(service, Optional.empty())
              .build()
              .forward(FfmpegSource.of(file))) {
        assertThat(forward.await(LONG)).isTrue();
        assertThat(forward.statistics().framesPersisted()).isEqualTo(377);
      }
      assertThat(StandInStream.frames(service, "dock-3")).hasSize(377);
    }
  }

  /** What follows cannot be decoded without them. */
  @Test
  void forward_fileWhoseFirstPicturesAreHidden_storesThemToo() throws Exception {
    List<EncodedPacket> packets = new ArrayList<>();
    for (int n = 0; n < 40; n++) {
      EncodedPacket packet = TestPackets.packet(n, n % 30 == 0, 500, TestPackets.FORMAT);
      packets.add(n < 5 ? decodeOnly(packet) : packet);
    }
    FakePacketSource file = new FakePacketSource(false, n -> new Connection(packets, End.END));
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      try (KvsForward forward =
          KvsWriterStandInTest.producer(service, Optional.empty()).build().forward(file)) {
        assertThat(forward.await(LONG)).isTrue();
        assertThat(forward.statistics().framesPersisted()).isEqualTo(40);
        assertThat(forward.statistics().framesSkipped()).isZero();
      }
    }
  }

  private static EncodedPacket decodeOnly(EncodedPacket packet) {
    PacketInfo info = packet.info();
    return TestPackets.packet(
        new PacketInfo(
            info.format(),
            info.ptsNanos(),
            info.dtsNanos(),
            info.keyFrame(),
            info.discontinuity(),
            /* decodeOnly= */ true,
            info.captured(),
            info.capturedFrom(),
            info.arrivalNanos()),
        packet.data());
  }

  @Test
  void forward_cameraThatComesAndGoes_storesWhatItSent() throws Exception {
    FakePacketSource camera =
        new FakePacketSource(
            true,
            n ->
                switch (n) {
                  case 0 -> new Connection(packets(0, 90), End.FAIL);
                  case 1 -> throw new SourceException(SourceException.Kind.REFUSED, "fake", "no");
                  case 2 -> new Connection(packets(300, 360), End.END);
                  default -> new Connection(packets(600, 661), End.SILENCE);
                });
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      try (KvsForward forward =
          KvsWriterStandInTest.producer(service, Optional.empty())
              .build()
              .forward(camera, KvsWriterStandInTest.quick(), event -> {})) {
        KvsWriterStandInTest.await(() -> forward.statistics().framesPut() == 211);
        assertThat(forward.sourceTrouble()).contains("fake://camera: the stream ended");
        assertThat(forward.await(Duration.ZERO)).isFalse();
      }
      List<Long> numbers = new ArrayList<>();
      for (StoredFragment each : service.fragments("dock-3")) {
        numbers.addAll(StandInStream.numbers(each));
      }
      assertThat(numbers).isEqualTo(expected());
    }
    assertThat(camera.open).hasValue(0);
  }

  @Test
  void close_whileCameraAndServiceAreSilent_takesTwoSecondsAtMost() throws Exception {
    FakePacketSource camera =
        new FakePacketSource(true, n -> new Connection(packets(0, 90), End.SILENCE));
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      service
          .faults()
          .always(KvsOperation.PUT_MEDIA, new Fault.StallRequest(1000, Duration.ofSeconds(5)));
      KvsForward forward =
          KvsWriterStandInTest.producer(service, Optional.empty()).build().forward(camera);
      KvsWriterStandInTest.await(() -> forward.statistics().framesPut() == 90);
      long before = System.nanoTime();

      forward.close();

      assertThat(System.nanoTime() - before).isLessThan(Duration.ofSeconds(2).toNanos());
      assertThat(forward.await(Duration.ofSeconds(1))).isTrue();
      assertThat(camera.open).hasValue(0);
      assertThat(forward.statistics().fragmentsDropped()).isEqualTo(2);
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("videoml-put") || name.startsWith("videoml-forward"));
  }

  @Test
  void await_cameraThatIsGivenUp_throwsWhy() {
    FakePacketSource camera =
        new FakePacketSource(true, n -> new Connection(packets(0, 90), End.FAIL));
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      try (KvsForward forward =
          KvsWriterStandInTest.producer(service, Optional.empty())
              .build()
              .forward(camera, ReconnectPolicy.never(), event -> {})) {
        assertThatThrownBy(() -> forward.await(LONG))
            .isInstanceOf(SourceException.class)
            .hasMessage("fake://camera: the camera is gone");
      }
      assertThat(service.fragments("dock-3")).hasSize(2); // all the same
    }
  }

  @Test
  void forward_sourceOfTheSameName_isReadAgainAsAnyOther() throws Exception {
    FakePacketSource copied =
        new FakePacketSource(
            true,
            n -> new Connection(packets(n * 90L, n * 90L + 90), n == 0 ? End.FAIL : End.SILENCE));
    copied.id = "kvs://dock-3"; // as the stream of another region
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      try (KvsForward forward =
          KvsWriterStandInTest.producer(service, Optional.empty())
              .build()
              .forward(copied, KvsWriterStandInTest.quick(), event -> {})) {
        KvsWriterStandInTest.await(() -> forward.statistics().framesPut() == 180);
      }
    }
  }

  @Test
  void forward_cameraThatStaysAway_storesTheLastThatItSent() throws Exception {
    FakePacketSource camera =
        new FakePacketSource(
            true,
            n -> {
              if (n == 0) {
                return new Connection(packets(0, 75), End.FAIL);
              }
              throw new SourceException(SourceException.Kind.REFUSED, "fake", "no");
            });
    try (KvsStandIn service = KvsStandIn.builder().start()) {
      service.createStream("dock-3");
      try (KvsForward forward =
          KvsWriterStandInTest.producer(service, Optional.empty())
              .build()
              .forward(camera, KvsWriterStandInTest.quick(), event -> {})) {
        KvsWriterStandInTest.await(() -> forward.statistics().framesPersisted() == 75);
      }
    }
  }

  private static List<EncodedPacket> packets(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(n -> TestPackets.packet(n, n % 30 == 0, 500, TestPackets.FORMAT))
        .toList();
  }

  private static List<Long> expected() {
    return LongStream.concat(
            LongStream.range(0, 90),
            LongStream.concat(LongStream.range(300, 360), LongStream.range(600, 661)))
        .boxed()
        .toList();
  }
}
