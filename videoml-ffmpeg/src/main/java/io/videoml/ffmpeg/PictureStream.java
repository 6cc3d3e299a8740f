package io.videoml.ffmpeg;

import io.videoml.source.DecodeDemand;
import io.videoml.source.SleepStatus;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Packets in, wanted frames out, in presentation order, each with its place in the stream.
 *
 * <p>Threading: one thread; {@link #demand}, {@link #notDemanded}, {@link #bytesReceived}, {@link
 * #sleep} and {@link #cancel} from any.
 */
final class PictureStream implements AutoCloseable {
  private final PacketInput input;
  private final PacketQueue packets;
  private final VideoDecoder decoder;
  private final Timeline timeline;
  private final Selection selection;
  private final Placing placing;
  private final Sleep sleep;
  private final FrameMaker frames;
  private final Feed feed;

  private PictureStream(
      PacketInput input, VideoDecoder decoder, SleepSettings settings, DecodeDemand demand) {
    this.input = input;
    this.decoder = decoder;
    this.packets = new PacketQueue(input);
    this.timeline = new Timeline(input.base(), packets.timed());
    this.selection = new Selection(demand, timeline.timed());
    this.placing = new Placing(timeline, decoder);
    this.sleep = new Sleep(input.id(), settings, input.base());
    this.frames = new FrameMaker(input.live(), Orientation.of(input.parameters()));
    this.feed = new Feed(packets, decoder, timeline, selection, placing, sleep);
  }

  /**
   * Starts to decode.
   *
   * @param input belongs to the stream, also where this fails
   */
  static PictureStream open(
      PacketInput input,
      PacketDecoding settings,
      DecodeDemand demand,
      Optional<? extends FrameToken> after) {
    VideoDecoder decoder = null;
    PictureStream stream = null;
    try {
      decoder = VideoDecoder.open(input.id(), settings, input.parameters(), input.base());
      stream = new PictureStream(input, decoder, settings.sleep(), demand);
      if (after.isPresent()) {
        stream.resumeAfter(after.get());
      }
      return stream;
    } catch (RuntimeException | Error e) {
      if (stream != null) {
        stream.close(); // and all that is its
      } else {
        if (decoder != null) {
          decoder.close();
        }
        input.close();
      }
      throw e;
    }
  }

  private void resumeAfter(FrameToken token) {
    if (token instanceof ResumeToken frame) {
      feed.resumeAfter(frame, input.base(), input.id());
    } else if (token instanceof PacketToken packet) {
      timeline.resumeAfter(packet);
    }
  }

  /** Returns the next frame, lent until it is closed; null at the end. */
  @Nullable NativeFrame next() {
    if (feed.ended()) {
      checkFailure();
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
    if (placing.decodedOnly(sight)) {
      return null;
    }
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

  private void checkFailure() {
    SourceException failure = input.failure();
    if (failure != null) {
      throw failure;
    }
  }

  private void checkEnd() {
    checkFailure();
    if (!placing.any() && !input.mayBeEmpty()) {
      throw new SourceException(
          Kind.CORRUPT,
          input.id(),
          decoder.rejected() == 0
              ? "holds no frames"
              : "none of its frames can be decoded as " + decoder.codecName());
    }
    SourceException cutOff = input.cutOff();
    if (cutOff != null) {
      throw cutOff;
    }
  }

  void demand(DecodeDemand demand) {
    selection.demand(demand);
  }

  long notDemanded() {
    return timeline.notDemanded();
  }

  OptionalLong bytesReceived() {
    return input.bytesReceived();
  }

  /** Makes a read that waits fail soon. */
  void cancel() {
    input.cancel();
  }

  SleepStatus sleep() {
    return sleep.status();
  }

  /** Returns what decodes; another one after the encoding changed. */
  String codecName() {
    return decoder.codecName();
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
    int width = input.parameters().width();
    int height = input.parameters().height();
    return frames.orientation().transposed() ? describe(height, width) : describe(width, height);
  }

  private StreamInfo describe(int width, int height) {
    return new StreamInfo(
        decoder.codecName(),
        width,
        height,
        input.base().frameRate(),
        input.duration(),
        decoder.decoderName(),
        Optional.ofNullable(decoder.activeDevice()));
  }

  @Override
  public void close() {
    sleep.close();
    packets.close();
    decoder.close();
    frames.close();
    input.close();
  }
}
