package io.videoml.benchmarks.cameras;

import io.videoml.testkit.rtsp.FaultyRtspServer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Starts what {@code benchmarks/cameras} names. */
public final class Cameras {
  private Cameras() {}

  /** Ends with 0 where every limit was met, with 1 where one was missed. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(List.of(arguments), System.out) ? 0 : 1);
  }

  static boolean run(List<String> arguments, PrintStream out) throws InterruptedException {
    String what = arguments.isEmpty() ? "" : arguments.get(0);
    if (what.equals("table")) {
      return FaultTable.of(Path.of(arguments.get(1))).print(out);
    }
    Optional<String> missing = FaultyRtspServer.whyUnavailable();
    if (missing.isPresent()) {
      throw new IllegalStateException(missing.get());
    }
    long number = arguments.size() > 1 ? Long.parseLong(arguments.get(1)) : 0;
    return switch (what) {
      case "soak" ->
          new CameraSoak(List.of(Backend.values()), out)
              .run(Duration.ofSeconds(number > 0 ? number : 1800));
      case "reconnects" -> {
        int cycles = number > 0 ? (int) number : 1000;
        int losses =
            arguments.size() > 2 ? Integer.parseInt(arguments.get(2)) : Math.max(40, cycles / 5);
        boolean met = true;
        for (Backend backend : Backend.values()) {
          met = new Reconnects(backend, out).run(cycles, losses) && met;
        }
        yield met;
      }
      case "latency" -> RtspLatency.run(Duration.ofSeconds(number > 0 ? number : 30), out);
      default ->
          throw new IllegalArgumentException(
              "name one of soak [SECONDS], reconnects [CYCLES [LOSSES]], latency [SECONDS]; was \""
                  + what
                  + "\"");
    };
  }
}
