package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * An input's packets, with a look at the next one before it is taken. Packets that were held can be
 * put back.
 */
final class PacketQueue implements AutoCloseable {
  private static final Duration LONGEST_WAY_BACK = Duration.ofDays(1);

  private final PacketInput input;
  private final HeldPackets again = new HeldPackets();
  private @Nullable HeldPacket taken;
  private boolean held;
  private boolean ended;
  private long arrivalNanos;
  private long capturedMicros = SenderTime.UNKNOWN;
  private @Nullable Origin origin;

  /** Reads the first packet. */
  PacketQueue(PacketInput input) {
    this.input = input;
    fetch();
  }

  /** Makes sure that the next packet is there; false at the end. */
  boolean fetch() {
    if (!again.isEmpty()) {
      return true;
    }
    if (!held && !ended) {
      held = input.read();
      ended = !held;
    }
    return held;
  }

  /** Takes the packet that was fetched; it stays until the next is fetched or taken. */
  AVPacket take() {
    freeTaken();
    if (again.isEmpty()) {
      held = false;
      arrivalNanos = input.arrivalNanos();
      capturedMicros = input.capturedMicros();
      origin = input.origin();
      return input.packet();
    }
    HeldPacket packet = again.remove();
    taken = packet;
    arrivalNanos = packet.arrivalNanos();
    capturedMicros = packet.capturedMicros();
    origin = packet.origin();
    return packet.packet();
  }

  /** Puts packets back, to come next, in their order. */
  void putBack(HeldPackets packets) {
    packets.takeAll(again);
    again.takeAll(packets);
  }

  /** Returns whether the frame of the packet that was fetched went out before it was put back. */
  boolean delivered() {
    return again.firstDelivered();
  }

  /** Returns when the packet that was taken had been read. */
  long arrivalNanos() {
    return arrivalNanos;
  }

  /** Returns when the camera took the picture of that packet, as {@link PacketInput} says. */
  long capturedMicros() {
    return capturedMicros;
  }

  /** Returns what somebody else said of that packet; null where FFmpeg read it. */
  @Nullable Origin origin() {
    return origin;
  }

  /** Returns whether the packet that was fetched needs a new decoder. */
  boolean startsRun() {
    return again.isEmpty() && held && input.startsRun();
  }

  /** Returns how that packet is encoded, for its new decoder. */
  AVCodecParameters beginRun() {
    input.beginRun();
    return input.parameters();
  }

  /** Returns whether the frame of the packet that was fetched is needed for others only. */
  boolean decodeOnly() {
    HeldPacket first = again.peek();
    Origin next = first == null ? input.origin() : first.origin();
    return next != null && next.info().decodeOnly();
  }

  boolean ended() {
    return ended && again.isEmpty();
  }

  /** Returns whether the container stores timestamps. */
  boolean timed() {
    return held && ticks() != AV_NOPTS_VALUE;
  }

  /** Returns the timestamp of the packet that was fetched. */
  long ticks() {
    return next().pts();
  }

  /** Returns whether the packet that was fetched holds a key frame. */
  boolean key() {
    return (next().flags() & AV_PKT_FLAG_KEY) != 0;
  }

  /** Returns the memory of the packet that was fetched. */
  int bytes() {
    return HeldPacket.bytes(next());
  }

  /**
   * Goes to a key frame that is shown at or before a time. Containers find packets by storage
   * order, so the first try can land behind it.
   *
   * @return false where the container cannot seek; then it is at its start
   */
  boolean seekBefore(long target, TimeBase base, String source) {
    // A tick may be longer than two seconds, as in slow time-lapses.
    long first = Math.max(1, base.ticks(Duration.ofSeconds(2)));
    for (long back = 0; ; back = back == 0 ? first : 4 * back) {
      boolean found = input.seek(target - back);
      if (!found) {
        input.restart();
      }
      held = false;
      ended = false;
      fetch();
      if (!found || (held && ticks() <= target)) {
        return found;
      }
      if (base.nanos(back) > LONGEST_WAY_BACK.toNanos()) {
        throw new SourceException(
            Kind.CONFIGURATION, source, "holds no key frame before the resume position");
      }
    }
  }

  @Override
  public void close() {
    freeTaken();
    again.close();
  }

  private AVPacket next() {
    HeldPacket first = again.peek();
    return first == null ? input.packet() : first.packet();
  }

  private void freeTaken() {
    if (taken != null) {
      taken.close();
      taken = null;
    }
  }
}
