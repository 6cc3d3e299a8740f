package io.videoml.packet;

import io.videoml.frame.ResumePosition;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One coded picture, lent by a reader until the handler returns.
 *
 * <p>Threading: for the thread that it is lent to. What was read of the data later is undefined,
 * and never a crash: it lies in memory of the JVM.
 */
public interface EncodedPacket {

  /** Returns what is known of it; may be kept. */
  PacketInfo info();

  /**
   * Returns its bytes, read-only, from position to limit: of H.264 and H.265 the NAL units of one
   * picture, separated as {@link EncodedFormat#packaging()} says. Each call gives a new view.
   */
  ByteBuffer data();

  /**
   * Returns where reading can go on after the frame of this packet was shown; empty where the
   * source cannot. A reader opened there begins at the key frame that what follows depends on, and
   * marks what was shown before as {@link PacketInfo#decodeOnly()}. At most 200 characters, so that
   * the position of its frame can hold it.
   */
  default Optional<ResumePosition> position() {
    return Optional.empty();
  }
}
