package io.videoml.doctor;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Something that is not well.
 *
 * <p>Threading: immutable.
 *
 * @param symptom what one sees
 * @param severity how bad it is
 * @param evidence what was measured, with numbers
 * @param remedy the likely cause, and what to do
 */
public record Finding(Symptom symptom, Severity severity, String evidence, String remedy) {
  public Finding {
    requireNonNull(symptom, "symptom");
    requireNonNull(severity, "severity");
    requireNonNull(evidence, "evidence");
    requireNonNull(remedy, "remedy");
  }

  /** How bad it is. */
  public enum Severity {
    /** It works, and could work better. */
    ADVICE,
    /** It works, but not as it should. */
    WARNING,
    /** It does not work. */
    ERROR;

    /** Returns the name in output, as {@code "warning"}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
