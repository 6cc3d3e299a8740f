package io.videoml.testkit.kvs.media;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tags by which the service tells about fragments, and producers about their ends. */
public final class AwsTags {
  /** How the tags of times and errors are called, which differs between media and its archive. */
  public enum Spelling {
    /** As GetMedia's captures have it: {@code SERVER_TIMESTAMP}. */
    MEDIA("SERVER_TIMESTAMP", "PRODUCER_TIMESTAMP"),
    /** As the archive's documentation has it: {@code SERVER_SIDE_TIMESTAMP}. */
    ARCHIVE("SERVER_SIDE_TIMESTAMP", "PRODUCER_SIDE_TIMESTAMP");

    private final String server;
    private final String producer;

    Spelling(String server, String producer) {
      this.server = server;
      this.producer = producer;
    }
  }

  private static final String PREFIX = "AWS_KINESISVIDEO_";
  private static final String NUMBER = PREFIX + "FRAGMENT_NUMBER";
  private static final String TOKEN = PREFIX + "CONTINUATION_TOKEN";
  private static final String END_OF_FRAGMENT = PREFIX + "END_OF_FRAGMENT";

  private AwsTags() {}

  /** Returns what stands before a fragment's cluster. */
  static Map<String, String> before(
      String number, Instant server, Instant producer, Spelling spelling) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(NUMBER, number);
    tags.put(PREFIX + spelling.server, seconds(server));
    tags.put(PREFIX + spelling.producer, seconds(producer));
    return tags;
  }

  /** Returns the part that stands after a fragment that is complete. */
  public static byte[] after(String number, long millisBehindNow) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(PREFIX + "MILLIS_BEHIND_NOW", Long.toString(millisBehindNow));
    tags.put(TOKEN, number);
    return new EbmlOutput().tags(tags).toByteArray();
  }

  /** Returns a document of GetMedia that tells of an error and of nothing else. */
  public static byte[] error(int id, String code) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(PREFIX + "ERROR_CODE", code);
    tags.put(PREFIX + "ERROR_ID", Integer.toString(id));
    return document(tags);
  }

  /** Returns a document of the archive that tells that a fragment cannot be had. */
  public static byte[] exception(String number, int id, String message) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(NUMBER, number);
    tags.put(PREFIX + "EXCEPTION_ERROR_CODE", Integer.toString(id));
    tags.put(PREFIX + "EXCEPTION_MESSAGE", message);
    return document(tags);
  }

  static boolean startFragment(Map<String, String> tags) {
    return tags.containsKey(NUMBER);
  }

  static boolean completeFragment(Map<String, String> tags) {
    return tags.containsKey(TOKEN);
  }

  static boolean endFragment(Map<String, String> tags) {
    return tags.containsKey(END_OF_FRAGMENT);
  }

  /** Returns the number of a fragment, of the tags before its cluster. */
  static Optional<String> number(Map<String, String> tags) {
    return Optional.ofNullable(tags.get(NUMBER));
  }

  static Optional<Instant> serverTime(Map<String, String> tags) {
    return time(tags, Spelling.MEDIA.server).or(() -> time(tags, Spelling.ARCHIVE.server));
  }

  static Optional<Instant> producerTime(Map<String, String> tags) {
    return time(tags, Spelling.MEDIA.producer).or(() -> time(tags, Spelling.ARCHIVE.producer));
  }

  private static Optional<Instant> time(Map<String, String> tags, String name) {
    return Optional.ofNullable(tags.get(PREFIX + name))
        .map(text -> Instant.ofEpochMilli(new BigDecimal(text).movePointRight(3).longValue()));
  }

  private static String seconds(Instant time) {
    long millis = time.toEpochMilli();
    return String.format(
        Locale.ROOT, "%d.%03d", Math.floorDiv(millis, 1000L), Math.floorMod(millis, 1000L));
  }

  private static byte[] document(Map<String, String> tags) {
    return new EbmlOutput()
        .raw(EbmlHeader.bytes())
        .unknownSize(Ids.SEGMENT)
        .tags(tags)
        .toByteArray();
  }
}
