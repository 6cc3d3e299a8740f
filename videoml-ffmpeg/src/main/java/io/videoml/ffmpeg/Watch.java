package io.videoml.ffmpeg;

import io.videoml.frame.Frame;
import io.videoml.motion.MotionMeter;
import java.time.Duration;
import java.util.OptionalDouble;

/** Sees whether anything moves: a few times a second while awake, at key frames while asleep. */
final class Watch {
  private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();

  private final MotionMeter meter;
  private final double wakeShare;
  private final long stayAwakeNanos;
  private boolean looked;
  private boolean known;
  private long lookedNanos;
  private long quietSinceNanos;

  Watch(SleepSettings settings) {
    meter = new MotionMeter(settings.region());
    wakeShare = settings.wakeShare();
    stayAwakeNanos = settings.stayAwake().toNanos();
  }

  /** Begins to look at frames while awake; nothing is known. */
  void begin() {
    known = false;
    looked = false;
    meter.forget();
  }

  /** Takes it that something moves up to a media time, whatever the next looks show. */
  void movesUntil(long nanos) {
    quietSinceNanos = nanos;
    known = true;
  }

  /** Takes it that nothing has moved for long, unless the next looks show otherwise. */
  void suspects(long nanos) {
    quietSinceNanos = nanos - stayAwakeNanos;
    known = true;
  }

  /** Looks at a frame while awake, unless it looked at one just before. */
  void look(Frame frame) {
    long now = frame.info().time().pts().toNanos();
    if ((looked && now - lookedNanos < LOOK_NANOS) || frame.info().corrupt()) {
      return;
    }
    OptionalDouble share = meter.measure(frame);
    boolean incomparable = share.isEmpty() && looked;
    if (!known) {
      movesUntil(now);
    }
    if (incomparable || share.orElse(0) > wakeShare) {
      quietSinceNanos = Math.max(quietSinceNanos, now);
    }
    looked = true;
    lookedNanos = now;
  }

  /** Returns whether nothing has moved for long. */
  boolean quiet() {
    return looked && lookedNanos - quietSinceNanos >= stayAwakeNanos;
  }

  /** Begins to look at key frames; the next is what the one after it is compared with. */
  void beginKeyFrames() {
    looked = false;
    meter.forget();
  }

  /** Returns whether a key frame shows that something moved since the one before it. */
  boolean moved(Frame keyFrame) {
    OptionalDouble share = meter.measure(keyFrame);
    boolean incomparable = share.isEmpty() && looked;
    looked = true;
    return incomparable || share.orElse(0) > wakeShare;
  }
}
