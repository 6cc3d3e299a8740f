package io.videoml.micrometer;

import java.util.regex.Pattern;

/**
 * The last line of defence against credentials: names and messages hold none by contract, but what
 * leaves the process here is read by others, and some users name a camera by its address.
 */
final class Masking {
  /** Up to the last at sign, since passwords hold any other character. */
  private static final Pattern USER = Pattern.compile("://\\S*@");

  /** Values of an address's parameters, but for small numbers, such as a channel. */
  private static final Pattern PARAMETER =
      Pattern.compile("([?&][^\\s=&?]+=)(?!\\d{1,3}(?:[&\\s]|$))[^\\s&]+");

  private Masking() {}

  /** Returns the text without the user, password and parameters of the addresses in it. */
  static String masked(String text) {
    String safe = text.contains("://") ? USER.matcher(text).replaceAll("://***@") : text;
    return safe.indexOf('=') < 0 ? safe : PARAMETER.matcher(safe).replaceAll("$1***");
  }
}
