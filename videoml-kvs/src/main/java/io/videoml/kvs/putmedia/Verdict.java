package io.videoml.kvs.putmedia;

import java.util.Map;

/** What to do about an error that the service acknowledges a fragment with. */
public enum Verdict {
  /** The fragment can never be stored as it is: leave it out. */
  DROP,
  /** It may be the session's fault: send it once more, then leave it out. */
  DROP_IF_REPEATED,
  /** Send it again. */
  RESEND,
  /** Send it again, but not for ever: the error is not known to us. */
  RESEND_A_FEW_TIMES,
  /** Nothing can be stored until somebody puts it right. */
  STOP;

  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("STREAM_READ_ERROR", 4000),
          Map.entry("MAX_FRAGMENT_SIZE_REACHED", 4001),
          Map.entry("MAX_FRAGMENT_DURATION_REACHED", 4002),
          Map.entry("MAX_CONNECTION_DURATION_REACHED", 4003),
          Map.entry("FRAGMENT_TIMECODE_LESSER_THAN_PREVIOUS", 4004),
          Map.entry("INVALID_MKV_DATA", 4006),
          Map.entry("INVALID_PRODUCER_TIMESTAMP", 4007),
          Map.entry("STREAM_NOT_ACTIVE", 4008),
          Map.entry("STREAM_DELETED", 4008),
          Map.entry("FRAGMENT_METADATA_LIMIT_REACHED", 4009),
          Map.entry("TRACK_NUMBER_MISMATCH", 4010),
          Map.entry("FRAMES_MISSING_FOR_TRACK", 4011),
          Map.entry("MORE_THAN_ALLOWED_TRACKS_FOUND", 4012),
          Map.entry("INTERNAL_ERROR", 5000),
          Map.entry("ARCHIVAL_ERROR", 5001));

  static Verdict of(int id, String code) {
    int known = id != 0 ? id : NAMES.getOrDefault(code, code.startsWith("KMS_") ? 4500 : 0);
    return switch (known) {
      case 4001, 4002, 4005, 4007, 4009, 4012 -> DROP;
      case 4004, 4006, 4010, 4011 -> DROP_IF_REPEATED;
      case 4000, 4003, 5000, 5001 -> RESEND;
      case 4008 -> STOP;
      default -> known >= 4500 && known < 4600 ? STOP : RESEND_A_FEW_TIMES;
    };
  }
}
