package io.videoml.gstreamer;

import com.sun.jna.Pointer;
import io.videoml.gstreamer.Unit.Fate;
import io.videoml.source.DecodeDemand;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
   * @param lost whether something was lost on the way since the picture before
   */
  Unit look(long buffer, Decoding decoding, boolean lost) {
    return look(
        Gst.gst_buffer_get_flags(buffer),
        new Pointer(buffer).getLong(PTS),
        decoding,
        lost,
        fromRtp ? captured(buffer) : null);
  }

  Unit look(int flags, long pts, Decoding decoding, boolean lost, @Nullable Instant captured) {
    boolean key = !decoding.keysUnknown() && (decoding.standsAlone() || (flags & FLAG_DELTA) == 0);
    boolean damaged = (flags & FLAG_CORRUPTED) != 0;
    if (number > 0 && (flags & FLAG_DISCONT) != 0) {
      broken = true;
    }
    if (key || decoding.keysUnknown()) { // a decoder of the description knows by itself
      broken = false;
    }
    // What is lost may be a part of this very picture: depayloaders pass on what is left of it
    // (measured 2026-11-24, GStreamer 1.22, a lost last packet), so a key frame does not heal it.
    if (damaged || lost) {
      broken = true;
    }
    return new Unit(number++, pts, key, broken, fate(key), System.nanoTime(), captured);
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

  private static @Nullable Instant captured(long buffer) {
    long meta = Gst.gst_buffer_get_reference_timestamp_meta(buffer, Natives.ntpCaps());
    if (meta == 0) {
      return null;
    }
    long nanos = new Pointer(meta).getLong(REFERENCE_TIME);
    return Instant.ofEpochSecond(nanos / NANOS - NTP_TO_UNIX_SECONDS, nanos % NANOS);
  }
}
