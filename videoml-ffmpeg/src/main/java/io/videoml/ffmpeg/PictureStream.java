package io.videoml.ffmpeg;

import io.videoml.source.DecodeDemand;
import io.videoml.source.SleepStatus;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Packets in, wanted frames out, in presentation order, each with its place in the stream.
 *
 * <p>Threading: one thread; {@link #demand}, {@link #notDemanded}, {@link #bytesReceived} and
 * {@link #sleep} from any.
 */
final class PictureStream implements AutoCloseable {
  private final FfmpegSource source;
  private final Demuxer demuxer;
  private final TimeBase base;
  private final PacketQueue packets;
  private final VideoDecoder decoder;
  private final Timeline timeline;
  private final Selection selection;
  private final Placing placing;
  private final Sleep sleep;
  private final FrameMaker frames;
  private final Feed feed;

  private PictureStream(
      FfmpegSource source, Demuxer demuxer, VideoDecoder decoder, DecodeDemand demand) {
    this.source = source;
    this.demuxer = demuxer;
    this.decoder = decoder;
    this.base = TimeBase.of(demuxer.context(), demuxer.stream());
    this.packets = new PacketQueue(demuxer);
    this.timeline = new Timeline(base, packets.timed());
    this.selection = new Selection(demand, timeline.timed());
    this.placing = new Placing(timeline, decoder);
    this.sleep = new Sleep(source.id(), source.sleep(), base);
    this.frames = new FrameMaker(source.live(), Orientation.of(demuxer.stream().codecpar()));
    this.feed = new Feed(packets, decoder, timeline, selection, placing, sleep);
  }

  static PictureStream open(
      FfmpegSource source, Interrupt interrupt, DecodeDemand demand, Optional<ResumeToken> after) {
    Demuxer demuxer = Demuxer.open(source, interrupt);
    VideoDecoder decoder = null;
    try {
      decoder = new VideoDecoder(source, demuxer.stream());
      PictureStream stream = new PictureStream(source, demuxer, decoder, demand);
      after.ifPresent(token -> stream.feed.resumeAfter(token, stream.base, source.id()));
      return stream;
    } catch (RuntimeException | Error e) {
      if (decoder != null) {
        decoder.close();
      }
      demuxer.close();
      throw e;
    }
  }

  /** Returns the next frame, lent until it is closed; null at the end. */
  @Nullable NativeFrame next() {
    if (feed.ended()) {
      return null;
    }
    while (!feed.ended()) {
      AVFrame picture = decoder.receive();
      if (picture == null) {
        feed.advance();
        continue;
      }
      NativeFrame frame = accept(picture);
      if (frame != null) {
        return frame;
      }
    }
    checkEnd();
    return null;
  }

  /** Takes note of a picture; null where it does not go out. */
  private @Nullable NativeFrame accept(AVFrame picture) {
    Sight sight = placing.see(picture);
    feed.cameOut(sight.sequence());
    if (sleep.asleep()) {
      return sleep.looking() ? judge(picture, sight) : null;
    }
    if (feed.isKeyFrame(sight)) {
      sleep.sawKeyFrame(sight.whole());
    }
    Place place = placing.place(sight, selection.picks(sight.keyFrame()));
    if (place == null) {
      return null;
    }
    NativeFrame frame = frames.lend(picture, place);
    if (selection.active() == DecodeDemand.MOVING) {
      look(frame);
    }
    return frame;
  }

  /** Looks at a key frame while asleep; null where it does not go out, or not yet. */
  private @Nullable NativeFrame judge(AVFrame picture, Sight sight) {
    NativeFrame frame = frames.lend(picture, placing.unplaced(sight));
    Sleep.Verdict verdict = verdictOn(frame, sight.whole());
    if (verdict == Sleep.Verdict.QUIET) {
      sleep.goOn(placing::passOver);
      Place place = placing.place(sight, /* picked= */ true);
      if (place != null) {
        return frames.move(frame, place);
      }
    } else if (verdict == Sleep.Verdict.MOVED) {
      feed.wake();
    }
    frame.close();
    return null;
  }

  private void look(NativeFrame frame) {
    try {
      sleep.look(frame);
    } catch (RuntimeException | Error e) {
      frame.close(); // may hold a converted picture by now
      throw e;
    }
  }

  private Sleep.Verdict verdictOn(NativeFrame frame, boolean whole) {
    try {
      return sleep.judge(whole ? frame : null);
    } catch (RuntimeException | Error e) {
      frame.close();
      throw e;
    }
  }

  private void checkEnd() {
    if (!placing.any()) {
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

  long bytesReceived() {
    return demuxer.bytesReceived();
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
