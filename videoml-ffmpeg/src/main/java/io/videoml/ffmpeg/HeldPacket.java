package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.jspecify.annotations.Nullable;

/** A compressed packet that may be decoded later: a reference of its own. */
final class HeldPacket implements AutoCloseable {
  private final AVPacket packet;
  private final long arrivalNanos;
  private final long capturedMicros;
  private final @Nullable Origin origin;
  private final int bytes;

  private HeldPacket(AVPacket packet, PacketQueue from, int bytes) {
    this.packet = packet;
    this.arrivalNanos = from.arrivalNanos();
    this.capturedMicros = from.capturedMicros();
    this.origin = from.origin();
    this.bytes = bytes;
    NativeCount.opened();
  }

  /** Holds what the packet holds that was just taken from a queue. */
  static HeldPacket of(AVPacket packet, PacketQueue from) {
    int bytes = bytes(packet);
    AVPacket copy = av_packet_clone(packet);
    if (copy == null) {
      throw new OutOfMemoryError("no memory to hold a packet of " + bytes + " bytes");
    }
    return new HeldPacket(copy, from, bytes);
  }

  /** Returns the memory that a packet keeps from being freed. */
  static int bytes(AVPacket packet) {
    AVBufferRef memory = packet.buf();
    return memory == null ? packet.size() : (int) Math.min(Integer.MAX_VALUE, memory.size());
  }

  AVPacket packet() {
    return packet;
  }

  long arrivalNanos() {
    return arrivalNanos;
  }

  long capturedMicros() {
    return capturedMicros;
  }

  @Nullable Origin origin() {
    return origin;
  }

  int bytes() {
    return bytes;
  }

  long ticks() {
    return packet.pts();
  }

  boolean key() {
    return (packet.flags() & AV_PKT_FLAG_KEY) != 0;
  }

  @Override
  public void close() {
    av_packet_free(packet);
    NativeCount.closed();
  }
}
