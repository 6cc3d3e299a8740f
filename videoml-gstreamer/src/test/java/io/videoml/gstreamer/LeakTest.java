package io.videoml.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videoml.frame.Frame;
import io.videoml.frame.OwnedFrame;
import io.videoml.frame.Plane;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who holds memory, threads and descriptors, and that nobody does in the end. */
@Timeout(300)
class LeakTest {
  /** {@code -Dvideoml.gstreamer.cycles=1000} for a long run. */
  private static final int CYCLES = Integer.getInteger("videoml.gstreamer.cycles", 100);

  private static final String PICTURES =
      "videotestsrc ! video/x-raw,width=320,height=240 ! x264enc speed-preset=ultrafast ! h264parse";

  @BeforeAll
  static void needsGStreamer() {
    Gstreamer.assumeElements("videotestsrc", "x264enc", "h264parse", "avdec_h264");
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs Linux's /proc");
  }

  @Test
  void openAndClose_manyTimes_leavesNothing() throws Exception {
    cycle(GStreamerSource.of(PICTURES));
  }

  @Test
  void openAndClose_ofACamera_leavesNothing() throws Exception {
    Camera.assumeAvailable();
    try (FaultyRtspServer camera = FaultyRtspServer.builder().size(320, 240).gop(5).start()) {
      cycle(Camera.source(camera.uri()).build());
    }
  }

  @Test
  void openAndFail_manyTimes_leavesNothing() throws Exception {
    FrameSource nobody = Camera.source(java.net.URI.create("rtsp://127.0.0.1:1/x")).build();
    failing(nobody, 20);
    long before = descriptors();
    int threads = threads();
    failing(nobody, CYCLES / 2);

    Camera.await("descriptors back", () -> descriptors() <= before + 2);
    Camera.await("threads back", () -> threads() <= threads + 2);
  }

  private static void failing(FrameSource source, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(Camera.failure(source).kind()).isEqualTo(SourceException.Kind.REFUSED);
    }
  }

  private static void cycle(FrameSource source) throws InterruptedException {
    int lent = PixelPool.lent();
    for (int i = 0; i < 20; i++) {
      readAFew(source);
    }
    long descriptors = descriptors();
    int threads = threads();
    long resident = residentKilobytes();
    for (int i = 0; i < CYCLES; i++) {
      readAFew(source);
    }

    Camera.await("descriptors back", () -> descriptors() <= descriptors + 2);
    Camera.await("threads back", () -> threads() <= threads + 2);
    assertThat(PixelPool.lent()).isEqualTo(lent);
    assertThat(PixelPool.idleBytes()).isLessThanOrEqualTo(PixelPool.MAX_IDLE_BYTES);
    long grown = residentKilobytes() - resident;
    System.out.println(
        source + ": " + CYCLES + " cycles, resident memory grew by " + grown + " kB");
    // A pipeline with its decoder holds some megabytes; were it not freed, there would be 200.
    assertThat(grown).isLessThan(60_000 + 20L * CYCLES);
  }

  private static void readAFew(FrameSource source) {
    try (FrameReader reader = source.open()) {
      for (int i = 0; i < 3; i++) {
        reader.tryAdvance(frame -> {});
      }
    }
  }

  @Test
  void plane_keptPastItsTime_canStillBeReadWithoutACrash() {
    List<Plane> kept = new ArrayList<>();
    List<Frame> frames = new ArrayList<>();
    try (FrameReader reader = GStreamerSource.of(PICTURES).open()) {
      for (int i = 0; i < 30; i++) {
        reader.tryAdvance(
            frame -> {
              frames.add(frame);
              kept.add(frame.plane(0));
              kept.add(frame.plane(2));
            });
      }
    }
    System.gc();

    long sum = 0;
    for (Plane plane : kept) {
      ByteBuffer data = plane.data();
      for (int i = 0; i < data.limit(); i++) {
        sum += data.get(i);
      }
    }
    assertThat(sum).isNotZero();
    frames.forEach(frame -> assertThatIllegalStateException().isThrownBy(() -> frame.plane(0)));
  }

  @Test
  void reader_closedByManyThreadsWhileRead_neverCrashes() throws InterruptedException {
    for (int round = 0; round < 20; round++) {
      FrameReader reader = GStreamerSource.of(PICTURES).open();
      List<OwnedFrame> shared = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      Thread reading =
          new Thread(
              () -> {
                try {
                  while (reader.tryAdvance(frame -> shared.add(frame.share()))) {}
                } catch (SourceException e) {
                  // closed, as it should be
                }
              });
      threads.add(reading);
      for (int i = 0; i < 4; i++) {
        threads.add(
            new Thread(
                () -> {
                  reader.stream();
                  reader.notDemanded();
                  reader.close();
                  reader.demand(io.videoml.source.DecodeDemand.KEY_FRAMES);
                }));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
      }
      shared.forEach(OwnedFrame::close);
    }
    Camera.await("all blocks given back", () -> PixelPool.lent() == 0);
  }

  private static int threads() {
    return (int) entries("/proc/self/task");
  }

  private static long descriptors() {
    return entries("/proc/self/fd");
  }

  private static long entries(String directory) {
    try (Stream<Path> open = Files.list(Path.of(directory))) {
      return open.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long residentKilobytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
