package io.videoml.gstreamer;

import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketInfo;
import java.nio.ByteBuffer;

/**
 * One coded picture of its own memory.
 *
 * @param data read-only
 */
record GstPacket(PacketInfo info, ByteBuffer data) implements EncodedPacket {
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }
}
