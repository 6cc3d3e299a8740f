package io.videoml.packet;

import io.videoml.frame.ResumePosition;
import io.videoml.source.FrameSource;
import io.videoml.source.SourceException;
import java.util.Optional;

/**
 * A source that also gives its video as it was encoded: to store it, to send it on, or to decode it
 * elsewhere.
 *
 * <p>Threading: immutable.
 */
public interface PacketSource extends FrameSource {

  /**
   * Connects, and reads as far as the format needs. Nothing is decoded. An interrupt of the calling
   * thread makes it fail within a second, as closed, and stays set.
   *
   * @param from a {@link EncodedPacket#position()} of this kind of source; empty for the start, or
   *     now if live
   * @throws SourceException if the stream cannot be opened, has no video that can be passed on, or
   *     cannot go on at a position
   */
  PacketReader openPackets(Optional<ResumePosition> from);
}
