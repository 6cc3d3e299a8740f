package io.videoml.ffmpeg;

import io.videoml.source.DecodeDemand;
import io.videoml.source.SleepStatus;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Packets in, wanted frames out, in presentation order, each with its place in the stream.
 *
 * <p>Threading: one thread; {@link #demand}, {@link #notDemanded} and {@link #sleep} from any.
 */
final class PictureStream implements AutoCloseable {
  private final FfmpegSource source;
  private final Demuxer demuxer;
  private final TimeBase base;
  private final PacketQueue packets;
  private final VideoDecoder decoder;
  private final Timeline timeline;
  private final Selection selection;
  private final Placement placement;
  private final Sleep sleep;
  private final FrameMaker frames;
  private boolean draining;
  private boolean fallingAsleep;
  private long drainFor;
  private boolean ended;

  private PictureStream(
      FfmpegSource source, Demuxer demuxer, VideoDecoder decoder, DecodeDemand demand) {
    this.source = source;
    this.demuxer = demuxer;
    this.decoder = decoder;
    this.base = TimeBase.of(demuxer.context(), demuxer.stream());
    this.packets = new PacketQueue(demuxer);
    this.timeline = new Timeline(base, packets.timed());
    this.selection = new Selection(demand, timeline.timed());
    this.placement = new Placement(timeline, decoder);
    this.sleep = new Sleep(source.id(), source.sleep(), base);
    this.frames = new FrameMaker(source.live(), Orientation.of(demuxer.stream().codecpar()));
    begin();
  }

  static PictureStream open(
      FfmpegSource source, Interrupt interrupt, DecodeDemand demand, Optional<ResumeToken> after) {
    Demuxer demuxer = Demuxer.open(source, interrupt);
    VideoDecoder decoder = null;
    try {
      decoder = new VideoDecoder(source, demuxer.stream());
      PictureStream stream = new PictureStream(source, demuxer, decoder, demand);
      after.ifPresent(stream::resumeAfter);
      return stream;
    } catch (RuntimeException | Error e) {
      if (decoder != null) {
        decoder.close();
      }
      demuxer.close();
      throw e;
    }
  }

  /** Goes to the key frame before a place, and passes everything up to that place. */
  private void resumeAfter(ResumeToken token) {
    placement.skipThrough(token);
    if (!timeline.timed() || !packets.seekBefore(token.ticks(), base, source.id())) {
      return; // counts from the start
    }
    timeline.resumeAfter(token);
    decoder.flush();
    selection.startAt(packets.ticks());
  }

  /** Returns the next frame, lent until it is closed; null at the end. */
  @Nullable NativeFrame next() {
    while (!ended) {
      AVFrame picture = decoder.receive();
      if (picture != null) {
        NativeFrame frame = accept(picture);
        if (frame != null) {
          return frame;
        }
      } else if (draining) {
        drained();
      } else {
        feed();
      }
    }
    return null;
  }

  private void feed() {
    if (drainFor != 0 || !packets.fetch()) {
      drain();
      return;
    }
    boolean key = packets.key();
    long ticks = packets.ticks();
    if (selection.adopt(key, ticks, sleep.asleep())) {
      sleep.disable(placement::passOver);
      begin();
    }
    if (sleep.asleep()) {
      feedAsleep(key);
    } else if (selection.active() == DecodeDemand.MOVING && sleep.sleepsAt(key)) {
      fallingAsleep = true;
      drain();
    } else {
      feedAwake(key, ticks);
    }
  }

  /** Begins to do what is demanded. */
  private void begin() {
    decoder.demand(selection.active());
    if (selection.active() == DecodeDemand.MOVING) {
      sleep.enable();
    }
  }

  private void feedAwake(boolean key, long ticks) {
    DecodeDemand active = selection.active();
    if (active == DecodeDemand.MOVING) {
      sleep.pass(key, ticks, packets.bytes());
    }
    boolean delivered = packets.delivered();
    AVPacket packet = packets.take();
    if (selection.leading(key, ticks) || (active == DecodeDemand.KEY_FRAMES && !key)) {
      placement.passOver(ticks);
      return;
    }
    if (active == DecodeDemand.REFERENCE_FRAMES && !delivered) {
      placement.passOver(ticks);
    }
    long sequence = send(packet);
    if (delivered) {
      placement.skip(sequence, ticks);
    }
    if (active == DecodeDemand.KEY_FRAMES) {
      drainFor = sequence;
      lookAhead(ticks);
    }
  }

  private long send(AVPacket packet) {
    long sequence = placement.arrivals().stamp(packet, packets.arrivalNanos());
    decoder.send(packet);
    return sequence;
  }

  /** Holds the next packet, and decodes a key frame to look at it. */
  private void feedAsleep(boolean key) {
    if (!sleep.hold(packets)) {
      wake();
      return;
    }
    AVPacket keyFrame = key ? sleep.keyFrameToLookAt() : null;
    if (keyFrame != null) {
      drainFor = send(keyFrame);
      holdAhead();
    }
  }

  private void wake() {
    decoder.flush();
    draining = false;
    drainFor = 0;
    sleep.wake(packets, timeline.nanos());
  }

  private void drain() {
    drainFor = 0;
    draining = true;
    decoder.send(null);
  }

  /** The decoder holds nothing any more. */
  private void drained() {
    if (sleep.looking() && sleep.judge(null) == Sleep.Verdict.MOVED) {
      wake();
    } else if (packets.ended()) {
      ended = true;
      sleep.disable(placement::passOver);
      timeline.end();
      checkEnd();
    } else {
      draining = false;
      decoder.flush();
      if (fallingAsleep) {
        fallingAsleep = false;
        sleep.fallAsleep();
      }
    }
  }

  /**
   * Reads on until nothing shown before a key frame can follow: frames of an open group come after
   * it in storage. One packet, as a rule.
   */
  private void lookAhead(long keyTicks) {
    if (!timeline.timed() || !decoder.reorders()) {
      return;
    }
    while (packets.fetch() && !packets.key()) {
      long ticks = packets.ticks();
      packets.take();
      placement.passOver(ticks);
      if (ticks > keyTicks) {
        return;
      }
    }
  }

  /** Does the same while asleep. */
  private void holdAhead() {
    while (decoder.reorders() && sleep.leading() && packets.fetch() && !packets.key()) {
      if (!sleep.hold(packets)) {
        wake();
        return;
      }
    }
  }

  /** Takes note of a picture; null where it does not go out. */
  private @Nullable NativeFrame accept(AVFrame picture) {
    Sight sight = placement.see(picture);
    if (sight.sequence() == drainFor) {
      drainFor = 0; // came out by itself
    }
    if (sleep.asleep()) {
      return sleep.looking() ? judge(picture, sight) : null;
    }
    Place place = placement.place(sight, selection.picks(sight.keyFrame()));
    if (place == null) {
      return null;
    }
    NativeFrame frame = frames.lend(picture, place);
    if (selection.active() == DecodeDemand.MOVING) {
      sleep.look(frame);
    }
    return frame;
  }

  /** Looks at a key frame while asleep; null where it does not go out, or not yet. */
  private @Nullable NativeFrame judge(AVFrame picture, Sight sight) {
    NativeFrame frame = frames.lend(picture, placement.unplaced(sight));
    Sleep.Verdict verdict = sleep.judge(sight.whole() ? frame : null);
    if (verdict == Sleep.Verdict.QUIET) {
      sleep.goOn(placement::passOver);
      Place place = placement.place(sight, /* picked= */ true);
      if (place != null) {
        return frames.move(frame, place);
      }
    } else if (verdict == Sleep.Verdict.MOVED) {
      wake();
    }
    frame.close();
    return null;
  }

  private void checkEnd() {
    if (!placement.any()) {
      throw new SourceException(
          Kind.CORRUPT,
          source.id(),
          decoder.rejected() == 0
              ? "holds no frames"
              : "none of its frames can be decoded as " + decoder.codecName());
    }
    long missing = demuxer.missingBytes();
    if (missing > 0) {
      throw new SourceException(
          Kind.CORRUPT,
          source.id(),
          "is cut off: its last " + missing + " bytes are missing; what came before is whole");
    }
  }

  void demand(DecodeDemand demand) {
    selection.demand(demand);
  }

  long notDemanded() {
    return timeline.notDemanded();
  }

  SleepStatus sleep() {
    return sleep.status();
  }

  /** Returns how the last picture looked; null before the first. */
  @Nullable Layout layout() {
    return frames.layout();
  }

  /** Describes the stream by its last picture, or else by its header. */
  StreamInfo describe() {
    Layout layout = frames.layout();
    if (layout != null) {
      return describe(layout.shownWidth(), layout.shownHeight());
    }
    int width = demuxer.stream().codecpar().width();
    int height = demuxer.stream().codecpar().height();
    return frames.orientation().transposed() ? describe(height, width) : describe(width, height);
  }

  private StreamInfo describe(int width, int height) {
    return new StreamInfo(
        decoder.codecName(),
        width,
        height,
        base.frameRate(),
        demuxer.duration(),
        decoder.decoderName(),
        Optional.ofNullable(decoder.activeDevice()));
  }

  @Override
  public void close() {
    sleep.close();
    packets.close();
    decoder.close();
    demuxer.close();
    frames.close();
  }
}
