package io.videoml.gstreamer;

import com.sun.jna.Pointer;
import io.videoml.gstreamer.Unit.Fate;
import io.videoml.source.DecodeDemand;
import java.time.Instant;

/**
 * Decides what becomes of each coded picture, and what is known of it.
 *
 * <p>Threading: the thread that owns the stream, but for {@link #demand}.
 */
final class Feeder {
  private static final int PTS = 72; // in GstBuffer
  private static final int REFERENCE_TIME = 24; // in GstReferenceTimestampMeta
  private static final long NTP_TO_UNIX_SECONDS = 2_208_988_800L;
  private static final long NANOS = 1_000_000_000L;

  private static final int FLAG_DISCONT = 1 << 6;
  private static final int FLAG_CORRUPTED = 1 << 8;
  private static final int FLAG_DELTA = 1 << 13;

  private final boolean fromRtp;
  private volatile DecodeDemand demand;
  private long number;
  private boolean broken = true; // until the first key frame
  private boolean skipping;
  private boolean overrun;

  Feeder(DecodeDemand demand, boolean fromRtp) {
    this.demand = demand;
    this.fromRtp = fromRtp;
  }

  void demand(DecodeDemand other) {
    demand = other;
  }

  DecodeDemand demand() {
    return demand;
  }

  boolean keysOnly() {
    return demand == DecodeDemand.KEY_FRAMES;
  }

  /** Leaves out what comes before the next key frame: the decoder is too slow. */
  void overrun() {
    overrun = true;
  }

  /** What comes before the next key frame refers to what another decoder got. */
  void newDecoder() {
    broken = true;
  }

  /**
   * Looks at the next picture.
   *
   * @param decoding what is known of the stream
   * @param lost whether something before it was lost on the way
   */
  Unit look(long buffer, Decoding decoding, boolean lost) {
    int flags = Gst.gst_buffer_get_flags(buffer);
    boolean key = !decoding.keysUnknown() && (decoding.standsAlone() || (flags & FLAG_DELTA) == 0);
    boolean damaged = (flags & FLAG_CORRUPTED) != 0;
    boolean gap = lost || (number > 0 && (flags & FLAG_DISCONT) != 0);
    if (gap) {
      broken = true;
    }
    if (key || decoding.keysUnknown()) { // a decoder of the description knows by itself
      broken = false;
    }
    if (damaged) {
      broken = true;
    }
    return new Unit(
        number++,
        new Pointer(buffer).getLong(PTS),
        key,
        broken,
        fate(key),
        System.nanoTime(),
        fromRtp ? captured(buffer) : null);
  }

  private Fate fate(boolean key) {
    if (key) {
      overrun = false;
      skipping = keysOnly(); // what follows is wanted again, or not
      return Fate.FED;
    }
    if (keysOnly()) {
      skipping = true;
    }
    if (skipping) {
      return Fate.PASSED_OVER;
    }
    return overrun ? Fate.LOST : Fate.FED;
  }

  private static @org.jspecify.annotations.Nullable Instant captured(long buffer) {
    long meta = Gst.gst_buffer_get_reference_timestamp_meta(buffer, 0);
    if (meta == 0) {
      return null;
    }
    long nanos = new Pointer(meta).getLong(REFERENCE_TIME);
    return Instant.ofEpochSecond(nanos / NANOS - NTP_TO_UNIX_SECONDS, nanos % NANOS);
  }
}
