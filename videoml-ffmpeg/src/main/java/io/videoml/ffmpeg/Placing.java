package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_B;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_P;

import io.videoml.frame.ResumePosition;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Gives each picture that comes out its place, and leaves out those that went out before. */
final class Placing {
  private final Timeline timeline;
  private final VideoDecoder decoder;
  private final SentPackets sent = new SentPackets();
  private final KeyFrameWatch health = new KeyFrameWatch();
  private @Nullable ResumeToken skipThrough;
  private @Nullable Sight delivered;
  private boolean anyPicture;
  private long arrivalNanos = Long.MIN_VALUE;

  Placing(Timeline timeline, VideoDecoder decoder) {
    this.timeline = timeline;
    this.decoder = decoder;
  }

  /** Leaves out what comes up to a place. */
  void skipThrough(ResumeToken token) {
    skipThrough = token;
  }

  /** Leaves out a picture that went out before its packet was put back. */
  void skip(long sequence, long ticks) {
    delivered = new Sight(sequence, ticks, /* keyFrame= */ true, /* intra= */ true, false);
  }

  SentPackets sent() {
    return sent;
  }

  /** Notes a packet whose frame may never come out. */
  void passOver(long ticks) {
    ResumeToken token = skipThrough;
    if (token == null || !timeline.timed() || ticks > token.ticks()) {
      timeline.passOver(ticks);
    }
  }

  /** Looks at the next picture that came out. */
  Sight see(AVFrame picture) {
    Pointer opaque = picture.opaque();
    long sequence = opaque == null ? 0 : opaque.address();
    long ticks = timeline.timed() ? picture.best_effort_timestamp() : AV_NOPTS_VALUE;
    boolean keyFrame = (picture.flags() & AVFrame.AV_FRAME_FLAG_KEY) != 0;
    anyPicture = true;
    int type = picture.pict_type();
    boolean intra = type != AV_PICTURE_TYPE_P && type != AV_PICTURE_TYPE_B;
    boolean corrupt = health.corrupt(picture, keyFrame, decoder.rejected());
    return new Sight(sequence, ticks, keyFrame, intra, corrupt);
  }

  /**
   * Gives a picture its place.
   *
   * @param picked false counts it as passed over
   * @return null where it does not go out
   */
  @Nullable Place place(Sight sight, boolean picked) {
    // A frame that waited for a later one has arrived with it.
    arrivalNanos = Math.max(arrivalNanos, sent.readNanos(sight.sequence()));
    long decodeNanos = decoder.takeBusyNanos();
    ResumeToken token = skipThrough;
    boolean passed = token != null && timeline.timed() && sight.ticks() <= token.ticks();
    if (passed || wasDelivered(sight)) {
      return null;
    }
    delivered = null;
    long index = timeline.place(sight.ticks(), picked);
    if (token != null && index <= token.index()) {
      return null;
    }
    skipThrough = null;
    return picked ? place(sight, index, decodeNanos) : null;
  }

  /** Describes a picture that has not gone out, and may never. */
  Place unplaced(Sight sight) {
    return place(sight, timeline.index(), /* decodeNanos= */ 0);
  }

  /** Returns whether a picture is needed for others only. */
  boolean decodedOnly(Sight sight) {
    Origin origin = sent.origin(sight.sequence());
    return origin != null && origin.info().decodeOnly();
  }

  /** Returns whether any picture came out or was passed over. */
  boolean any() {
    return anyPicture || timeline.notDemanded() > 0;
  }

  private boolean wasDelivered(Sight sight) {
    Sight before = delivered;
    return before != null
        && (sight.sequence() == before.sequence() || sight.ticks() == before.ticks());
  }

  private Place place(Sight sight, long index, long decodeNanos) {
    Origin origin = sent.origin(sight.sequence());
    return new Place(
        index,
        timeline.nanos(),
        arrivalNanos,
        sent.capturedMicros(sight.sequence()),
        origin,
        decodeNanos,
        sight.keyFrame(),
        sight.corrupt(),
        origin == null ? timeline.token(index, sight.ticks()) : token(index, sight, origin));
  }

  private @Nullable FrameToken token(long index, Sight sight, Origin origin) {
    ResumePosition position = origin.position();
    return position == null || sight.ticks() == AV_NOPTS_VALUE
        ? null
        : PacketToken.of(index, sight.ticks(), timeline.nanos(), position);
  }
}
