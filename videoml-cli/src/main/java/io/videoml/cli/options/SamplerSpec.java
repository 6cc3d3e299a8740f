package io.videoml.cli.options;

import static java.util.Objects.requireNonNull;

import io.videoml.pipeline.SerializableSupplier;
import io.videoml.sampling.AdaptiveSampler;
import io.videoml.sampling.FrameSampler;
import io.videoml.sampling.MotionSampler;
import io.videoml.sampling.SceneSampler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code every:5+rate:2}: samplers joined with {@code +}, where all must keep a frame. */
final class SamplerSpec implements ITypeConverter<SerializableSupplier<FrameSampler>> {
  private static final List<Kind> KINDS =
      List.of(
          new Kind("all", given -> FrameSampler::all),
          new Kind("every:N", SamplerSpec::every),
          new Kind("keyframes", given -> FrameSampler::keyFrames),
          new Kind("rate:HZ", SamplerSpec::rate),
          new Kind("random:SHARE", SamplerSpec::random),
          new Kind(
              "motion[:threshold=0.02,min-interval=100ms,cooldown=5,sleeping=false]",
              SamplerSpec::motion),
          new Kind("scene[:threshold=6,min-length=500ms]", SamplerSpec::scene),
          new Kind("adaptive[:base=1,max=10,min=0.1]", SamplerSpec::adaptive));

  static final String AVAILABLE = KINDS.stream().map(Kind::usage).collect(Collectors.joining(", "));

  /**
   * A sampler that can be named.
   *
   * @param usage its name, and what may follow
   */
  private record Kind(
      String usage, Function<SamplerArguments, SerializableSupplier<FrameSampler>> reader) {
    String name() {
      return usage.split("[:\\[]", 2)[0];
    }
  }

  @Override
  public SerializableSupplier<FrameSampler> convert(String spec) {
    List<SerializableSupplier<FrameSampler>> samplers = new ArrayList<>();
    for (String part : spec.split("\\+", -1)) {
      samplers.add(sampler(new SamplerArguments(part.strip())));
    }
    return () ->
        samplers.stream().map(SerializableSupplier::get).reduce(FrameSampler::and).orElseThrow();
  }

  private static SerializableSupplier<FrameSampler> sampler(SamplerArguments given) {
    Optional<Kind> kind =
        KINDS.stream().filter(known -> known.name().equals(given.name())).findFirst();
    if (kind.isEmpty()) {
      throw unknown(given.name());
    }
    SerializableSupplier<FrameSampler> sampler = kind.get().reader().apply(given);
    given.requireAllRead();
    try {
      requireNonNull(sampler.get(), "sampler");
    } catch (IllegalArgumentException e) {
      throw given.wrong("cannot be: " + e.getMessage());
    }
    return sampler;
  }

  private static SerializableSupplier<FrameSampler> every(SamplerArguments given) {
    int n = given.wholeNumber("5");
    return () -> FrameSampler.everyNth(n);
  }

  private static SerializableSupplier<FrameSampler> rate(SamplerArguments given) {
    double hertz = given.number("2.5");
    return () -> FrameSampler.atMost(hertz);
  }

  private static SerializableSupplier<FrameSampler> random(SamplerArguments given) {
    double share = given.number("0.1");
    return () -> FrameSampler.randomShare(share);
  }

  private static SerializableSupplier<FrameSampler> motion(SamplerArguments given) {
    double threshold = given.number("threshold", 0.02);
    Duration minInterval = given.duration("min-interval", Duration.ofMillis(100));
    int cooldown = given.wholeNumber("cooldown", 5);
    boolean sleeping = given.flag("sleeping", false);
    return () -> {
      MotionSampler.Builder motion =
          MotionSampler.builder().threshold(threshold).minInterval(minInterval).cooldown(cooldown);
      return (sleeping ? motion.sleeping() : motion).build();
    };
  }

  private static SerializableSupplier<FrameSampler> scene(SamplerArguments given) {
    double threshold = given.number("threshold", 6);
    Duration minLength = given.duration("min-length", Duration.ofMillis(500));
    return () -> SceneSampler.builder().threshold(threshold).minLength(minLength).build();
  }

  private static SerializableSupplier<FrameSampler> adaptive(SamplerArguments given) {
    double base = given.number("base", 1);
    double max = given.number("max", 10);
    double min = given.number("min", 0.1);
    return () -> AdaptiveSampler.builder().baseRate(base).maxRate(max).minRate(min).build();
  }

  private static TypeConversionException unknown(String name) {
    return new TypeConversionException(
        "sampler '" + name + "' is not known; there are " + AVAILABLE);
  }
}
