package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.videoml.frame.Frame;
import io.videoml.source.SleepStatus;
import io.videoml.source.SleepStatus.State;
import java.util.function.LongConsumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream's sleep. Asleep, every packet is held from the last key frame on that went out; at the
 * next key frame all of them are passed over, or put back into the stream and decoded after all.
 *
 * <p>Threading: one thread; {@link #status} from any.
 */
final class Sleep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FfmpegSource.class);

  /** What a key frame says while asleep. */
  enum Verdict {
    /** Nothing moved: it goes out, and sleep goes on. */
    QUIET,
    /** Something moved: wake, and decode what is held. */
    MOVED,
    /** Nothing can be seen in it: the next has to tell. */
    UNKNOWN
  }

  private final String source;
  private final SleepSettings settings;
  private final TimeBase base;
  private final Gops gops;
  private final Watch watch;
  private final PacketSizes sizes = new PacketSizes();
  private final HeldPackets held = new HeldPackets();
  private boolean asleep;
  private boolean suspicious;
  private long keyTicks;
  private boolean leading; // nothing came yet that is shown after the last key frame
  private int keyFramesToPass;
  private @Nullable HeldPacket lookedAt;
  private String told = "";
  private volatile SleepStatus status = SleepStatus.OFF;

  Sleep(String source, SleepSettings settings, TimeBase base) {
    this.source = source;
    this.settings = settings;
    this.base = base;
    this.gops = new Gops(settings, base);
    this.watch = new Watch(settings);
  }

  SleepStatus status() {
    return status;
  }

  boolean asleep() {
    return asleep;
  }

  /** Begins awake, where sleep is demanded. */
  void enable() {
    gops.restart();
    watch.begin();
    tell();
  }

  /** Ends, where it is not demanded any more or nothing comes any more. */
  void disable(LongConsumer passOver) {
    held.passOverAll(passOver);
    asleep = false;
    lookedAt = null;
    status = SleepStatus.OFF;
  }

  /** Returns whether to fall asleep at a packet, before it is decoded. */
  boolean sleepsAt(boolean key) {
    return key && watch.quiet() && gops.allowSleep();
  }

  /** Falls asleep; the next packet holds a key frame, and the decoder nothing. */
  void fallAsleep() {
    asleep = true;
    keyFramesToPass = 0;
    watch.beginKeyFrames();
    tell();
  }

  /** Takes note of a packet that is decoded while awake. */
  void pass(boolean key, long ticks, int bytes) {
    note(key, ticks, bytes);
    tell();
  }

  /** Notes whether decoding can start at a key frame that came out while awake. */
  void sawKeyFrame(boolean whole) {
    gops.sawKeyFrame(whole);
  }

  /** Looks at a frame that goes out while awake. */
  void look(Frame frame) {
    watch.look(frame);
  }

  /**
   * Takes the next packet and holds it.
   *
   * @return false where it must wake up instead
   */
  boolean hold(PacketQueue packets) {
    boolean key = packets.key();
    long ticks = packets.ticks();
    int bytes = packets.bytes();
    if (packets.startsRun() || packets.decodeOnly() || mustWake(key, ticks, bytes)) {
      return false;
    }
    note(key, ticks, bytes);
    keyTicks = key ? ticks : keyTicks;
    leading = key || (leading && ticks < keyTicks);
    held.add(packets.take(), packets);
    return true;
  }

  /** Returns whether something may follow that is shown before the last key frame. */
  boolean leading() {
    return leading;
  }

  /** Returns whether packets are held of which no key frame has told yet whether anything moved. */
  boolean holdsUnseen() {
    return asleep && held.hasUndelivered();
  }

  /** Returns the key frame that was held last, to be decoded and judged; null to do without. */
  @Nullable AVPacket keyFrameToLookAt() {
    HeldPacket last = held.last();
    if (last == null || keyFramesToPass > 0) {
      keyFramesToPass--;
      return null;
    }
    lookedAt = last;
    return last.packet();
  }

  /** Returns whether a key frame is being decoded to look at it. */
  boolean looking() {
    return lookedAt != null;
  }

  /**
   * Judges the key frame that it looks at.
   *
   * @param keyFrame null where it could not be decoded whole
   */
  Verdict judge(@Nullable Frame keyFrame) {
    gops.sawKeyFrame(keyFrame != null);
    if (keyFrame == null) {
      lookedAt = null;
      return gops.obstacle() == null ? Verdict.UNKNOWN : Verdict.MOVED;
    }
    return watch.moved(keyFrame) ? Verdict.MOVED : Verdict.QUIET;
  }

  /** Goes on from the key frame that it looked at, which goes out now. */
  void goOn(LongConsumer passOver) {
    HeldPacket keyFrame = lookedAt;
    if (keyFrame != null) {
      held.beginAt(keyFrame, passOver);
    }
    lookedAt = null;
    keyFramesToPass = settings.everyNthKeyFrame() - 1;
  }

  /**
   * Wakes up, and puts what is held back into the stream.
   *
   * @param nanos the media time of the last frame that went out
   */
  void wake(PacketQueue packets, long nanos) {
    HeldPacket first = held.peek();
    HeldPacket last = held.last();
    watch.begin();
    if (suspicious) {
      watch.suspects(nanos);
    } else if (first != null && last != null) {
      watch.movesUntil(nanos + base.nanos(Math.max(0, last.ticks() - first.ticks())));
    }
    packets.putBack(held);
    gops.restart();
    asleep = false;
    suspicious = false;
    lookedAt = null;
    tell();
  }

  @Override
  public void close() {
    held.close();
  }

  private boolean mustWake(boolean key, long ticks, int bytes) {
    if (ticks == AV_NOPTS_VALUE || held.bytes() + bytes > settings.maxBytes()) {
      return true;
    }
    if (held.isEmpty()) {
      return false;
    }
    boolean wentBack = key ? ticks <= keyTicks : !leading && ticks < keyTicks;
    suspicious =
        !key
            && settings.packetFactor().isPresent()
            && sizes.outstanding(bytes, settings.packetFactor().getAsDouble());
    return wentBack || suspicious || (!key && gops.tooLong(ticks));
  }

  private void note(boolean key, long ticks, int bytes) {
    gops.add(key, ticks, bytes);
    if (!key) {
      sizes.add(bytes);
    }
  }

  private void tell() {
    String obstacle = gops.obstacle();
    State state = asleep ? State.ASLEEP : obstacle != null ? State.UNABLE : State.AWAKE;
    String reason = obstacle == null ? "" : obstacle;
    SleepStatus now = status;
    if (now.state() == state && now.reason().equals(reason)) {
      return;
    }
    status = new SleepStatus(state, reason);
    if (state == State.UNABLE && !told.equals(reason)) {
      told = reason;
      LOG.info("{} cannot sleep: {}", source, reason);
    }
  }
}
