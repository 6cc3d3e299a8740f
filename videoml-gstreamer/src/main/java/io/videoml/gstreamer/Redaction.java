package io.videoml.gstreamer;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of GStreamer's messages.
 *
 * @param secrets what must not be shown
 */
record Redaction(List<String> secrets) {
  private static final Pattern USER_INFO = Pattern.compile("://[^\\s\"]*@");
  private static final Pattern QUERY = Pattern.compile("\\?[^\\s\"]*");
  private static final Pattern SECRET_PROPERTY =
      Pattern.compile(
          "[\\w-]*(?:user|pw|pass|secret|token|key|auth|cookie)[\\w-]*\\s*=\\s*"
              + "(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)*)\"|'(?<single>[^']*)'|(?<bare>\\S+))",
          Pattern.CASE_INSENSITIVE);
  // Up to the last at sign: a password may hold any other character.
  private static final Pattern URL_SECRET = Pattern.compile("://(?<user>[^\\s\"]*)@");

  static final Redaction NONE = new Redaction(List.of());

  Redaction {
    // The longest first: a shorter one may be a part of it.
    secrets = secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** Returns what hides the values of a launch description that look like secrets. */
  static Redaction of(String description) {
    Set<String> found = new LinkedHashSet<>();
    for (Matcher matcher = SECRET_PROPERTY.matcher(description); matcher.find(); ) {
      for (String group : List.of("quoted", "single", "bare")) {
        add(found, matcher.group(group));
      }
    }
    for (Matcher matcher = URL_SECRET.matcher(description); matcher.find(); ) {
      add(found, matcher.group("user"));
    }
    return new Redaction(List.copyOf(found));
  }

  private static void add(Set<String> found, @org.jspecify.annotations.Nullable String secret) {
    // A digit or two would blank out half of every message, and hide nothing.
    if (secret != null && secret.length() > 2) {
      found.add(secret);
    }
  }

  /** Returns the text without secrets, user infos and queries. */
  String apply(String text) {
    String shown = text;
    for (String secret : secrets) { // first: the patterns may cut one in two
      shown = shown.replace(secret, "***");
    }
    shown = USER_INFO.matcher(shown).replaceAll("://***@");
    return QUERY.matcher(shown).replaceAll("?***");
  }

  @Override
  public String toString() {
    return "Redaction";
  }
}
