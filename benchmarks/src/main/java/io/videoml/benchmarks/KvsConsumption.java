package io.videoml.benchmarks;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.kvs.KvsSource;
import io.videoml.kvs.KvsStart;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.packet.PacketReader;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.testkit.kvs.KvsStandIn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * What it costs to read video from Kinesis rather than from a file: processor time until frames are
 * decoded, and heap. The stand-in for the service runs in a process of its own.
 */
public final class KvsConsumption {
  private static final String STREAM = "benchmark";
  private static final String REGION = "eu-west-1";
  private static final String ACCESS_KEY = "AKIDBENCHMARK0000001";
  private static final String SECRET_KEY = "worth/nothing";
  private static final int READERS = 3; // as many as the service allows
  private static final int ROUNDS = 5;

  private KvsConsumption() {}

  /** Runs {@code serve CLIP.mkv}, or {@code measure CLIP.mp4 CLIP.mkv}. */
  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("serve")) {
      serve(Path.of(arguments[1]));
      return;
    }
    Process service =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KvsConsumption.class.getName(),
                "serve",
                arguments[2])
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8))) {
      URI endpoint = URI.create(lines.readLine());
      boolean met = measure(Path.of(arguments[1]), endpoint);
      System.exit(met ? 0 : 1);
    } finally {
      service.destroy();
    }
  }

  private static void serve(Path clip) throws IOException {
    try (KvsStandIn service =
        KvsStandIn.builder().region(REGION).credentials(ACCESS_KEY, SECRET_KEY).start()) {
      service.createStream(STREAM);
      service.append(STREAM, Files.readAllBytes(clip));
      System.out.println(service.endpoint());
      int end = System.in.read(); // until the one who measures is gone
      if (end >= 0) {
        throw new IllegalStateException("nothing is expected on the input");
      }
    }
  }

  private static boolean measure(Path file, URI endpoint) {
    FrameSource stored = FfmpegSource.of(file);
    KvsSource stream = source(endpoint);
    long frames = frames(stored);
    Ratio time =
        new Rounds(ROUNDS)
            .compare(
                "H.264 from Kinesis, decoded, and from a file",
                "CPU s",
                1.10,
                () -> seconds(stream, frames),
                () -> seconds(stored, frames));
    Ratio heap = new Ratio("heap of a stream, between its fragments", heap(stream), 1, "MB", 16);
    System.out.println(time.line());
    System.out.println(heap.line());
    return time.value() <= time.limit() && heap.value() <= heap.limit();
  }

  private static KvsSource source(URI endpoint) {
    KvsConnection connection =
        KvsConnection.builder()
            .region(REGION)
            .endpoint(endpoint)
            .credentials(
                () ->
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
            .build();
    return KvsSource.builder(STREAM)
        .connection(connection)
        .startAt(KvsStart.earliest())
        .endWhenIdle(Duration.ofSeconds(1))
        .build();
  }

  private static double seconds(FrameSource source, long expected) {
    double start = Cpu.processSeconds();
    long frames = frames(source);
    double seconds = Cpu.processSeconds() - start;
    if (frames != expected) {
      throw new IllegalStateException("%d frames, not %d".formatted(frames, expected));
    }
    return seconds;
  }

  private static long frames(FrameSource source) {
    long frames = 0;
    try (FrameReader reader = source.open()) {
      while (reader.tryAdvance(frame -> {})) {
        frames++;
      }
    }
    return frames;
  }

  /** Returns megabytes of heap that live while readers stand still, their queues full. */
  private static double heap(KvsSource source) {
    long before = live();
    List<PacketReader> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      PacketReader reader = source.openPackets(Optional.empty());
      readers.add(reader);
      for (int packet = 0; packet < 200; packet++) {
        reader.tryAdvance(each -> {});
      }
    }
    double megabytes = (live() - before) / 1e6 / READERS;
    readers.forEach(PacketReader::close);
    return megabytes;
  }

  private static long live() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
