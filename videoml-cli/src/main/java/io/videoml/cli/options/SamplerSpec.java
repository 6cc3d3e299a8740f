package io.videoml.cli.options;

import io.videoml.pipeline.SerializableSupplier;
import io.videoml.sampling.FrameSampler;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code every:5+rate:2}: samplers joined with {@code +}, where all must keep a frame. */
final class SamplerSpec implements ITypeConverter<SerializableSupplier<FrameSampler>> {
  static final String AVAILABLE = "all, every:N, keyframes, rate:HZ";

  private static final List<String> LATER = List.of("motion", "scene", "adaptive");

  @Override
  public SerializableSupplier<FrameSampler> convert(String spec) {
    List<SerializableSupplier<FrameSampler>> samplers = new ArrayList<>();
    for (String part : spec.split("\\+", -1)) {
      samplers.add(sampler(part.strip()));
    }
    return () ->
        samplers.stream().map(SerializableSupplier::get).reduce(FrameSampler::and).orElseThrow();
  }

  private static SerializableSupplier<FrameSampler> sampler(String part) {
    int colon = part.indexOf(':');
    String name = colon < 0 ? part : part.substring(0, colon);
    String value = colon < 0 ? "" : part.substring(colon + 1);
    return switch (name) {
      case "all" -> plain(part, value, FrameSampler::all);
      case "keyframes" -> plain(part, value, FrameSampler::keyFrames);
      case "every" -> {
        int n = positiveInt(part, value);
        yield () -> FrameSampler.everyNth(n);
      }
      case "rate" -> {
        double hertz = positive(part, value);
        yield () -> FrameSampler.atMost(hertz);
      }
      default -> throw unknown(name);
    };
  }

  private static SerializableSupplier<FrameSampler> plain(
      String part, String value, SerializableSupplier<FrameSampler> sampler) {
    if (!value.isEmpty()) {
      throw new TypeConversionException("sampler '" + part + "' takes no value");
    }
    return sampler;
  }

  private static int positiveInt(String part, String value) {
    try {
      int n = Integer.parseInt(value);
      if (n >= 1) {
        return n;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new TypeConversionException(
        "sampler '" + part + "' needs a whole number from 1 on, as in every:5");
  }

  private static double positive(String part, String value) {
    try {
      double number = Double.parseDouble(value);
      if (number > 0 && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new TypeConversionException(
        "sampler '" + part + "' needs a number above 0, as in rate:2.5");
  }

  private static TypeConversionException unknown(String name) {
    String why = LATER.contains(name) ? "is not in this version" : "is not known";
    return new TypeConversionException(
        "sampler '" + name + "' " + why + "; there are " + AVAILABLE);
  }
}
