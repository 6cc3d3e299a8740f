package io.videoml.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.videoml.cascade.Budget;
import io.videoml.cascade.Match;
import io.videoml.detect.Detections;
import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.onnx.OnnxDetector;
import io.videoml.pipeline.Cascade;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Pipeline;
import io.videoml.pipeline.PipelineSpec;
import io.videoml.pipeline.RunResult;
import io.videoml.pipeline.RunSummary;
import io.videoml.pipeline.SerializableSupplier;
import io.videoml.pipeline.StageSummary;
import io.videoml.pipeline.Uplink;
import io.videoml.sampling.FrameSampler;
import io.videoml.testkit.DemoClip;
import io.videoml.testkit.PipelineAssertions;
import io.videoml.testkit.RecordingSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The snippets of the guide to cascades, and what they come to on the demo's clip and model. */
class CascadeGuideTest {
  private static final Path video = DemoClip.video();
  private static final String small = DemoClip.model().toString();
  private static final String large = small;

  @Test
  void cascades_edge() {
    SerializableSupplier<Uplink> uplink = () -> (frame, soFar) -> 10_000;

    PipelineSpec edge =
        Pipeline.named("edge")
            .source(FfmpegSource.of(video))
            .sample(() -> FrameSampler.everyNth(3))
            .cascade(
                Cascade.detect("small", () -> OnnxDetector.builder(small).build())
                    .when(Match.anyOf("person").above(0.4f))
                    .atMost(0.5) // frames per second of media time
                    .then("large", () -> OnnxDetector.builder(large).build())
                    .when(found -> found.size() >= 2) // any condition of yours
                    .budget(Budget.bytesPerMinute(2_000_000))
                    .to("cloud", uplink))
            .onResult(
                result -> {
                  Detections first = result.stage("small").orElseThrow();
                  System.out.println(first.size() + " then " + result.detections().size());
                })
            .build();
    RunSummary counts = edge.run().summary();
    for (StageSummary stage : counts.stages()) {
      System.out.println(stage.name() + " let through " + stage.ratio() + ", " + stage.stopped());
    }

    assertThat(counts.kept()).isPositive();
    PipelineAssertions.assertTravels(edge);
  }

  @Test
  void cascades_budgets() {
    Budget calls = Budget.callsPerSecond(0.5);
    Budget bytes = Budget.bytesPerMinute(2_000_000).burst(Duration.ofMinutes(1));
    Budget both = calls.and(bytes);

    assertThat(both.limitsBytes()).isTrue();
  }

  @Test
  void cascades_uplink() throws IOException {
    Queue<String> received = new ConcurrentLinkedQueue<>();
    HttpServer local =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    local.createContext(
        "/",
        exchange -> {
          received.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(received.size() == 2 ? 503 : 204, -1);
          exchange.close();
        });
    local.start();
    URI server = URI.create("http://localhost:" + local.getAddress().getPort() + "/");

    SerializableSupplier<Uplink> uplink =
        () -> {
          HttpClient http = HttpClient.newHttpClient(); // made where it runs, once per run
          return (frame, soFar) -> {
            byte[] body = soFar.toString().getBytes(UTF_8);
            HttpRequest post =
                HttpRequest.newBuilder(server).POST(BodyPublishers.ofByteArray(body)).build();
            HttpResponse<Void> answer = http.send(post, BodyHandlers.discarding());
            if (answer.statusCode() >= 300) {
              throw new IOException("the server answered " + answer.statusCode());
            }
            return body.length; // the budget pays for these
          };
        };
    PipelineSpec spec =
        Pipeline.named("uplink")
            .source(FfmpegSource.of(video))
            .cascade(Cascade.frames().atMost(1).to("server", uplink))
            .build();

    RunResult end;
    try {
      end = spec.run();
    } finally {
      local.stop(0);
    }
    assertThat(end.summary().kept()).isEqualTo(received.size() - 1);
    assertThat(end.summary().failed()).isOne();
    assertThat(received).hasSize(14).allMatch(line -> line.startsWith("uplink#"));
    PipelineAssertions.assertTravels(spec);
  }

  /** The same frames as by looking at all of them and choosing afterwards. */
  @Test
  void cascade_onTheDemoClip_keepsTheFramesThatItShould() {
    RecordingSink all = new RecordingSink();
    Pipeline.named("all")
        .source(FfmpegSource.of(video))
        .sample(() -> FrameSampler.everyNth(3))
        .detect("demo", () -> OnnxDetector.builder(small).build())
        .sink(() -> all)
        .build()
        .run();
    List<Duration> heard = new ArrayList<>();
    RecordingSink kept = new RecordingSink();

    RunResult end =
        Pipeline.named("people")
            .source(FfmpegSource.of(video))
            .sample(() -> FrameSampler.everyNth(3))
            .cascade(
                Cascade.detect("demo", () -> OnnxDetector.builder(small).build())
                    .when(Match.anyOf("person").above(0.4f))
                    .atMost(0.5))
            .onResult(result -> heard.add(result.frame().time().pts()))
            .sink(() -> kept)
            .build()
            .run();

    List<Duration> expected = new ArrayList<>();
    long people = 0;
    for (FrameResult result : all.results()) {
      boolean person =
          result.detections().objects().stream()
              .anyMatch(found -> found.label().equals("person") && found.confidence() > 0.4f);
      Duration pts = result.frame().time().pts();
      people += person ? 1 : 0;
      if (person
          && (expected.isEmpty()
              || pts.minus(expected.get(expected.size() - 1)).toMillis() >= 2000)) {
        expected.add(pts);
      }
    }
    assertThat(heard).isEqualTo(expected).hasSizeGreaterThan(3);
    StageSummary demo = end.summary().stages().get(3);
    assertThat(demo.in()).isEqualTo(all.results().size());
    assertThat(demo.out()).isEqualTo(expected.size());
    assertThat(demo.stopped())
        .containsEntry("no_match", all.results().size() - people)
        .containsEntry("budget", people - expected.size());
    assertThat(end.summary().kept()).isEqualTo(expected.size());
    assertThat(kept.results()).allMatch(result -> result.stage("demo").isPresent());
  }
}
