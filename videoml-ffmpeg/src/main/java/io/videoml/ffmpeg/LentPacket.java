package io.videoml.ffmpeg;

import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketInfo;
import java.nio.ByteBuffer;

/**
 * A packet in memory of the JVM that its reader uses again.
 *
 * @param data read-only
 */
record LentPacket(PacketInfo info, ByteBuffer data) implements EncodedPacket {
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }
}
