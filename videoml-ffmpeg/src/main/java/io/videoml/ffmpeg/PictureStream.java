package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.videoml.source.DecodeDemand;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import io.videoml.source.StreamInfo;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Packets in, wanted pictures out, in presentation order, each with its place in the stream.
 *
 * <p>Threading: one thread; {@link #demand} and {@link #notDemanded} from any.
 */
final class PictureStream implements AutoCloseable {
  private final FfmpegSource source;
  private final Demuxer demuxer;
  private final PacketQueue packets;
  private final VideoDecoder decoder;
  private final Orientation orientation;
  private final TimeBase base;
  private final Arrivals arrivals = new Arrivals();
  private final Timeline timeline;
  private final KeyFrameWatch health = new KeyFrameWatch();
  private volatile DecodeDemand wanted;
  private DecodeDemand active;
  private boolean draining;
  private long drainFor;
  // Of the key frame that decoding starts at: what is shown before it refers to what was not
  // decoded.
  private long leadingBefore = Long.MIN_VALUE;
  private @Nullable ResumeToken skipThrough;
  private boolean anyPicture;
  private boolean ended;

  private long index;
  private long ticks;
  private long arrivalNanos = Long.MIN_VALUE;
  private long decodeNanos;
  private boolean keyFrame;
  private boolean corrupt;

  private PictureStream(
      FfmpegSource source, Demuxer demuxer, VideoDecoder decoder, DecodeDemand demand) {
    this.source = source;
    this.demuxer = demuxer;
    this.decoder = decoder;
    AVStream stream = demuxer.stream();
    this.orientation = Orientation.of(stream.codecpar());
    this.base = TimeBase.of(demuxer.context(), stream);
    this.packets = new PacketQueue(demuxer);
    this.timeline = new Timeline(base, packets.timed());
    this.wanted = demand;
    this.active = possible(demand);
    decoder.demand(active);
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
    skipThrough = token;
    if (!timeline.timed() || !packets.seekBefore(token.ticks(), base, source.id())) {
      return; // counts from the start
    }
    timeline.resumeAfter(token);
    decoder.flush();
    leadingBefore = packets.ticks();
  }

  /** Returns the next picture, which stays until the next call; null at the end. */
  @Nullable AVFrame next() {
    while (!ended) {
      AVFrame picture = decoder.receive();
      if (picture != null) {
        if (accept(picture)) {
          return picture;
        }
      } else if (!draining) {
        feed();
      } else if (packets.ended()) {
        ended = true;
        timeline.end();
        checkEnd();
      } else {
        draining = false;
        decoder.flush();
      }
    }
    return null;
  }

  private void feed() {
    if (drainFor != 0 || !packets.fetch()) {
      drain();
      return;
    }
    long packetTicks = packets.ticks();
    boolean key = packets.key();
    AVPacket packet = packets.take();
    adopt(key, packetTicks);
    if (key ? packetTicks != leadingBefore : packetTicks > leadingBefore) {
      leadingBefore = Long.MIN_VALUE; // what follows is whole, and its clock may start anew
    }
    boolean leading = timeline.timed() && packetTicks < leadingBefore;
    if (leading || (active == DecodeDemand.KEY_FRAMES && !key)) {
      passOver(packetTicks);
      return;
    }
    if (active == DecodeDemand.REFERENCE_FRAMES) {
      passOver(packetTicks);
    }
    long sequence = arrivals.stamp(packet);
    decoder.send(packet);
    if (active == DecodeDemand.KEY_FRAMES) {
      drainFor = sequence;
      lookAhead(packetTicks);
    }
  }

  private void drain() {
    drainFor = 0;
    draining = true;
    decoder.send(null);
  }

  /** Narrows at once, and widens at a key frame, since nothing before it can be decoded whole. */
  private void adopt(boolean key, long packetTicks) {
    DecodeDemand next = possible(wanted);
    int change = next.compareTo(active);
    if (change < 0 || (change > 0 && key)) {
      if (active == DecodeDemand.KEY_FRAMES) {
        leadingBefore = packetTicks;
      }
      active = next;
      decoder.demand(next);
    }
  }

  /** Without timestamps nobody can tell which frames a decoder left out: it leaves out none. */
  private DecodeDemand possible(DecodeDemand demand) {
    boolean untold = !timeline.timed() && demand == DecodeDemand.REFERENCE_FRAMES;
    return untold || demand == DecodeDemand.MOVING ? DecodeDemand.ALL : demand;
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
      long packetTicks = packets.ticks();
      packets.take();
      passOver(packetTicks);
      if (packetTicks > keyTicks) {
        return;
      }
    }
  }

  private void passOver(long packetTicks) {
    ResumeToken token = skipThrough;
    if (token == null || !timeline.timed() || packetTicks > token.ticks()) {
      timeline.passOver(packetTicks);
    }
  }

  /** Takes note of a picture, and says whether it goes out. */
  private boolean accept(AVFrame picture) {
    Pointer opaque = picture.opaque();
    long sequence = opaque == null ? 0 : opaque.address();
    if (sequence == drainFor) {
      drainFor = 0; // came out by itself
    }
    // A frame that waited for a later one has arrived with it.
    arrivalNanos = Math.max(arrivalNanos, arrivals.nanos(sequence));
    decodeNanos = decoder.takeBusyNanos();
    ticks = timeline.timed() ? picture.best_effort_timestamp() : AV_NOPTS_VALUE;
    keyFrame = (picture.flags() & AVFrame.AV_FRAME_FLAG_KEY) != 0;
    corrupt = health.corrupt(picture, keyFrame, decoder.rejected());
    anyPicture = true;
    ResumeToken token = skipThrough;
    if (token != null && timeline.timed() && ticks <= token.ticks()) {
      return false;
    }
    // What the decoder held back when the demand was narrowed is not wanted any more.
    boolean picked = keyFrame || active.and(wanted) != DecodeDemand.KEY_FRAMES;
    index = timeline.place(ticks, picked);
    if (token != null && index <= token.index()) {
      return false;
    }
    skipThrough = null;
    return picked;
  }

  private void checkEnd() {
    if (!anyPicture && timeline.notDemanded() == 0) {
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
    wanted = demand;
  }

  long notDemanded() {
    return timeline.notDemanded();
  }

  Orientation orientation() {
    return orientation;
  }

  /** Returns the index of the last picture; so do the following for what else is known of it. */
  long index() {
    return index;
  }

  long nanos() {
    return timeline.nanos();
  }

  ResumeToken token() {
    return timeline.token(index, ticks);
  }

  long arrivalNanos() {
    return arrivalNanos;
  }

  long decodeNanos() {
    return decodeNanos;
  }

  boolean keyFrame() {
    return keyFrame;
  }

  boolean corrupt() {
    return corrupt;
  }

  StreamInfo describe(int width, int height) {
    return new StreamInfo(
        decoder.codecName(),
        width,
        height,
        base.frameRate(),
        demuxer.duration(),
        decoder.decoderName(),
        Optional.ofNullable(decoder.activeDevice()));
  }

  /** Describes the stream before its first picture. */
  StreamInfo describe() {
    int width = demuxer.stream().codecpar().width();
    int height = demuxer.stream().codecpar().height();
    return orientation.transposed() ? describe(height, width) : describe(width, height);
  }

  @Override
  public void close() {
    decoder.close();
    demuxer.close();
  }
}
