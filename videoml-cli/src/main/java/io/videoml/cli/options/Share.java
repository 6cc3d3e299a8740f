package io.videoml.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number from 0 to 1. */
final class Share implements ITypeConverter<Float> {
  @Override
  public Float convert(String value) {
    try {
      float share = Float.parseFloat(value);
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new TypeConversionException("'" + value + "' is not a number from 0 to 1");
  }
}
