package io.videoml.packet;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.CaptureClock;
import java.time.Instant;

/**
 * What is known of a packet.
 *
 * @param format how it is encoded; the same object as long as nothing changes
 * @param ptsNanos when its picture is shown, nanoseconds from an origin that is the stream's own;
 *     goes back where the stream's clock was set back
 * @param dtsNanos when it is decoded, from the same origin; at most {@code ptsNanos}, and never
 *     goes back but where the clock was set back, or, of a sender that does not tell it, in the
 *     first pictures of a stream that turns out to be reordered. Where pictures are reordered, the
 *     first is decoded as many pictures before it is shown as a decoder must hold back; not every
 *     H.264 stream says so itself
 * @param keyFrame whether decoding can start here
 * @param discontinuity whether something before it is missing, or the stream began anew: a decoder
 *     must forget what it knows. At a key frame, where the source knows what is damaged
 * @param decodeOnly whether its picture is not to be shown, and needed only to decode what follows:
 *     it was shown before the position that the reader was opened at, or it is before the place at
 *     which a file says that it starts, as one that was cut without being encoded again
 * @param captured when the picture was taken, as well as {@code capturedFrom} can tell
 * @param capturedFrom how {@code captured} is known
 * @param arrivalNanos {@link System#nanoTime()} when its last byte arrived at the reader
 */
public record PacketInfo(
    EncodedFormat format,
    long ptsNanos,
    long dtsNanos,
    boolean keyFrame,
    boolean discontinuity,
    boolean decodeOnly,
    Instant captured,
    CaptureClock capturedFrom,
    long arrivalNanos) {
  public PacketInfo {
    requireNonNull(format, "format");
    requireNonNull(captured, "captured");
    requireNonNull(capturedFrom, "capturedFrom");
    if (dtsNanos > ptsNanos) {
      throw new IllegalArgumentException(
          "a picture cannot be shown at %d ns, before it is decoded at %d ns"
              .formatted(ptsNanos, dtsNanos));
    }
  }
}
