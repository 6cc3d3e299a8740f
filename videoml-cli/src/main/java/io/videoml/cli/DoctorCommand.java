package io.videoml.cli;

import io.videoml.cli.doctor.Equipment;
import io.videoml.cli.doctor.Examination;
import io.videoml.cli.doctor.ExaminationJson;
import io.videoml.cli.doctor.ExaminationText;
import io.videoml.cli.options.Durations;
import io.videoml.cli.options.KvsOptions;
import io.videoml.cli.options.LogOptions;
import io.videoml.cli.options.SourceOptions;
import io.videoml.cli.options.SourceOptions.Backend;
import io.videoml.cli.output.LineOutput;
import io.videoml.cli.process.CliException;
import io.videoml.cli.process.ExitCode;
import io.videoml.cli.run.CliContext;
import io.videoml.doctor.StreamCheckup;
import io.videoml.source.FrameSource;
import io.videoml.testkit.DemoClip;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a machine has, and what is wrong with a stream. */
@Command(
    name = "doctor",
    customSynopsis = "videoml doctor [--source URI [--duration TIME] [--backend NAME]] [--json]",
    description = {
      "Says what this machine has for video, what is missing, and what to install.",
      "With --source, watches a stream for a while, and says what is wrong with it, why, and what to do.",
      "Exit code 1 where a needed part is missing, or a finding is an error."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final Duration DEFAULT_DURATION = Duration.ofSeconds(10);

  private final CliContext context;

  @Option(names = "--source", paramLabel = "URI", description = "A stream to watch, as for detect.")
  private @Nullable String source;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "What reads it: auto, ffmpeg or gstreamer. Default: auto.")
  private @Nullable Backend backend;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "How long to watch it, from the first frame on: 10s, 2m. Leaks of memory need minutes to show."
              + " Default: 10s.")
  private @Nullable Duration duration;

  @Option(names = "--json", description = "One object of JSON instead of text.")
  private boolean json;

  @Mixin private final KvsOptions kvs = new KvsOptions();

  @Mixin private final LogOptions log = new LogOptions();

  DoctorCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Optional<FrameSource> opened = source();
    Equipment equipment = Equipment.look(DemoClip.model());
    Examination examination = Examination.of(equipment, opened.map(this::watch));
    try (LineOutput output = LineOutput.open("-", context.console())) {
      output.write(
          json
              ? ExaminationJson.of(examination)
              : ExaminationText.of(examination).getBytes(StandardCharsets.UTF_8));
    }
    int exitCode = examination.healthy() ? ExitCode.DONE : ExitCode.FAILED;
    return context.interruption().exitCode().orElse(exitCode);
  }

  private Optional<FrameSource> source() {
    if (source == null) {
      if (duration != null || backend != null) {
        throw CliException.usage(
            (duration != null ? "--duration" : "--backend") + " does nothing without --source",
            "name a stream to watch");
      }
      return Optional.empty();
    }
    return Optional.of(
        context
            .parts()
            .source(SourceOptions.of(source, backend == null ? Backend.auto : backend).with(kvs)));
  }

  private Examination.Stream watch(FrameSource opened) {
    Duration time = duration == null ? DEFAULT_DURATION : duration;
    if (!log.quiet() && context.console().errIsTerminal()) {
      context
          .console()
          .err()
          .printf("videoml: watching %s for %d s%n", opened.id(), time.toSeconds());
    }
    StreamCheckup checkup = StreamCheckup.of(opened, time);
    context.interruption().onSignal(checkup::stop);
    return new Examination.Stream(backendOf(opened), transport(opened), checkup.run());
  }

  /** Goes by the package, so that no class is asked for that may not be there. */
  private static String backendOf(FrameSource opened) {
    String name = opened.getClass().getPackageName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The command leaves the way of RTSP at its default, which is TCP with both backends. */
  private String transport(FrameSource opened) {
    String address = String.valueOf(source);
    int colon = address.indexOf(':');
    String scheme = colon < 2 ? "file" : address.substring(0, colon).toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "rtsp" -> "rtsp over tcp";
      case "rtsps" -> "rtsp over tls";
      default ->
          opened.host().isEmpty() && !opened.live() && !scheme.equals("gst") ? "file" : scheme;
    };
  }
}
