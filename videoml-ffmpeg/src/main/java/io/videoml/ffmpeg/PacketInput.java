package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.videoml.source.SourceException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Where the packets of one video stream come from.
 *
 * <p>Threading: one thread; {@link #bytesReceived} and {@link #cancel} from any.
 */
interface PacketInput extends AutoCloseable {

  /** Returns the name of the source, for messages. */
  String id();

  /** Returns whether it comes at its own pace. */
  boolean live();

  /** Returns the unit of timestamps; the same all the time. */
  TimeBase base();

  /**
   * Returns when the first picture that is to be shown is shown, in that unit; {@code
   * AV_NOPTS_VALUE} where nothing says it.
   */
  default long startTicks() {
    return AV_NOPTS_VALUE;
  }

  /** Returns how the packet that was read last is encoded, or else the first. The input's own. */
  AVCodecParameters parameters();

  /** Returns the packet that {@link #read} fills. */
  AVPacket packet();

  /**
   * Reads the next packet.
   *
   * @return false at the end
   */
  boolean read();

  /** Returns when the packet that was read last had arrived. */
  long arrivalNanos();

  /**
   * Returns when the camera took the picture of that packet, by its own clock, microseconds since
   * 1970; {@link SenderTime#UNKNOWN} where it does not say.
   */
  long capturedMicros();

  /** Returns what somebody else said of that packet; null where FFmpeg read it. */
  default @Nullable Origin origin() {
    return null;
  }

  /** Returns whether a new decoder is needed for that packet. */
  default boolean startsRun() {
    return false;
  }

  /** Takes note that it has got one. */
  default void beginRun() {}

  /** Returns how many bytes came so far; still answers after closing. */
  OptionalLong bytesReceived();

  /** Returns how long the stream is, where that is known. */
  default Optional<Duration> duration() {
    return Optional.empty();
  }

  /** Returns whether it is right that there is no packet at all. */
  default boolean mayBeEmpty() {
    return false;
  }

  /** Returns why it ended early, which is thrown once everything came out; null if it did not. */
  default @Nullable SourceException failure() {
    return null;
  }

  /** Returns what to say of a file that is cut off; null of all else. */
  default @Nullable SourceException cutOff() {
    return null;
  }

  /**
   * Goes to the last key frame that is stored before a time.
   *
   * @return false where it cannot
   */
  default boolean seek(long ticks) {
    return false;
  }

  /** Goes back to the start, where it can. */
  default void restart() {}

  /** Makes a read that waits fail soon. */
  default void cancel() {}

  @Override
  void close();
}
