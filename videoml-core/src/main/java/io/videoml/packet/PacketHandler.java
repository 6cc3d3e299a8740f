package io.videoml.packet;

/**
 * Receives the packets of a reader, one at a time.
 *
 * <p>Threading: called by the thread that reads, within {@link PacketReader#tryAdvance}.
 */
@FunctionalInterface
public interface PacketHandler {
  /** Handles a packet that is lent until this method returns. */
  void onPacket(EncodedPacket packet);
}
