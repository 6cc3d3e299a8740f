package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entry;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avio_size;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** The packets of the first video stream of a file or connection. */
final class Demuxer implements PacketInput {
  private static final long IDLE_NANOS = 1_000_000;

  private final FfmpegSource source;
  private final Interrupt interrupt;
  private final AVFormatContext context;
  private final AVPacket packet;
  private final AVStream stream;
  private final int streamIndex;
  private final TimeBase base;
  private final @Nullable Pace pace;
  private final SenderTime senderTime;
  private final AtomicLong bytesReceived = new AtomicLong();
  private long arrivalNanos;
  private long capturedMicros = SenderTime.UNKNOWN;

  private Demuxer(
      FfmpegSource source, Interrupt interrupt, AVFormatContext context, AVStream stream) {
    this.source = source;
    this.interrupt = interrupt;
    this.context = context;
    this.stream = stream;
    this.streamIndex = stream.index();
    this.packet = av_packet_alloc();
    this.senderTime = new SenderTime(stream);
    this.base = TimeBase.of(context, stream);
    this.pace = source.realTime() ? new Pace(base) : null;
    NativeCount.opened();
  }

  static Demuxer open(FfmpegSource source, Interrupt interrupt) {
    AVFormatContext context = avformat_alloc_context();
    interrupt.watch(context);
    interrupt.allow(source.openTimeout());
    AVDictionary options = Options.of(source);
    try (BytePointer url = new BytePointer(source.address().url(), StandardCharsets.UTF_8)) {
      // On failure it frees the context itself.
      int opened = avformat_open_input(context, url, null, options);
      if (opened < 0) {
        throw OpenFailure.of(opened, source, interrupt);
      }
    } finally {
      av_dict_free(options);
    }
    try {
      if (source.address().kind() == SourceKind.RTSP) {
        requireKnownCodec(source, context);
      }
      int found = avformat_find_stream_info(context, (PointerPointer<?>) null);
      if (found < 0 || interrupt.expired() || interrupt.cancelled()) {
        throw OpenFailure.of(found, source, interrupt);
      }
      return new Demuxer(source, interrupt, context, videoStream(source, context));
    } catch (RuntimeException | Error e) {
      avformat_close_input(context);
      throw e;
    }
  }

  /** The camera describes its streams: what is unknown then stays so, however long one waits. */
  private static void requireKnownCodec(FfmpegSource source, AVFormatContext context) {
    for (int i = 0; i < context.nb_streams(); i++) {
      if (context.streams(i).codecpar().codec_id() != AV_CODEC_ID_NONE) {
        return;
      }
    }
    throw new SourceException(
        Kind.UNSUPPORTED,
        source.id(),
        context.nb_streams() == 0
            ? "offers no video; choose a stream with pictures"
            : "its pictures are encoded in a way that FFmpeg does not know; choose H.264 or H.265");
  }

  private static AVStream videoStream(FfmpegSource source, AVFormatContext context) {
    int best =
        av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
    if (best < 0 || (context.streams(best).disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0) {
      throw new SourceException(
          Kind.UNSUPPORTED,
          source.id(),
          context.nb_streams() == 0
              ? "holds no stream; is it a video?"
              : "holds no video stream, only audio or other data; choose a file with pictures");
    }
    for (int i = 0; i < context.nb_streams(); i++) {
      if (i != best) {
        context.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
    return context.streams(best);
  }

  @Override
  public String id() {
    return source.id();
  }

  @Override
  public boolean live() {
    return source.live();
  }

  @Override
  public TimeBase base() {
    return base;
  }

  @Override
  public long startTicks() {
    return stream.start_time();
  }

  @Override
  public AVCodecParameters parameters() {
    return stream.codecpar();
  }

  @Override
  public AVPacket packet() {
    return packet;
  }

  @Override
  public boolean read() {
    interrupt.allow(source.readTimeoutOrNone());
    while (true) {
      av_packet_unref(packet);
      int result = av_read_frame(context, packet);
      if (interrupt.cancelled() || interrupt.expired()) {
        throw readFailure(result);
      }
      if (result == AVERROR_EOF) {
        return false;
      }
      if (result == AVERROR_EAGAIN() && !interrupt.stop()) {
        LockSupport.parkNanos(IDLE_NANOS); // some demuxers ask to be asked again
        continue;
      }
      if (result < 0) {
        throw readFailure(result);
      }
      bytesReceived.addAndGet(packet.size());
      if (packet.stream_index() == streamIndex) {
        if (source.address().kind() == SourceKind.RTSP) {
          capturedMicros = senderTime.of(packet);
        }
        awaitDue();
        arrivalNanos = System.nanoTime();
        return true;
      }
    }
  }

  /** Returns how many bytes of all streams were read so far. */
  @Override
  public OptionalLong bytesReceived() {
    return OptionalLong.of(bytesReceived.get());
  }

  @Override
  public long arrivalNanos() {
    return arrivalNanos;
  }

  @Override
  public long capturedMicros() {
    return capturedMicros;
  }

  private void awaitDue() {
    if (pace != null) {
      pace.await(packet.dts(), interrupt);
      if (interrupt.cancelled()) {
        throw readFailure(0);
      }
    }
  }

  @Override
  public boolean seek(long ticks) {
    restartPace();
    interrupt.allow(source.openTimeout());
    return av_seek_frame(context, streamIndex, ticks, AVSEEK_FLAG_BACKWARD) >= 0;
  }

  @Override
  public void restart() {
    restartPace();
    interrupt.allow(source.openTimeout());
    av_seek_frame(context, -1, Math.max(0, context.start_time()), AVSEEK_FLAG_BACKWARD);
  }

  private void restartPace() {
    if (pace != null) {
      pace.restart();
    }
  }

  @Override
  public Optional<Duration> duration() {
    long micros = context.duration();
    return micros > 0 && !source.live()
        ? Optional.of(Duration.ofNanos(micros * 1000))
        : Optional.empty();
  }

  @Override
  public @Nullable SourceException cutOff() {
    long missing = missingBytes();
    return missing <= 0
        ? null
        : new SourceException(
            Kind.CORRUPT,
            source.id(),
            "is cut off: its last " + missing + " bytes are missing; what came before is whole");
  }

  /** Returns how many bytes the container's index counts that are not in the file. */
  private long missingBytes() {
    if (context.pb() == null || source.address().kind() != SourceKind.FILE) {
      return 0;
    }
    long end = 0;
    int entries = avformat_index_get_entries_count(stream);
    for (int i = 0; i < entries; i++) {
      AVIndexEntry entry = avformat_index_get_entry(stream, i);
      end = Math.max(end, entry.pos() + entry.size());
    }
    return end - avio_size(context.pb());
  }

  @Override
  public void close() {
    interrupt.allowFarewell();
    av_packet_free(packet);
    avformat_close_input(context);
    NativeCount.closed();
  }

  private SourceException readFailure(int code) {
    if (interrupt.cancelled()) {
      return new SourceException(Kind.CLOSED, source.id(), "was closed while it was read");
    }
    if (interrupt.expired()) {
      return new SourceException(
          Kind.STALLED,
          source.id(),
          "no video came for " + source.readTimeout().toMillis() + " ms (the read timeout)");
    }
    return new SourceException(
        AvError.kind(code, source.address().kind()),
        source.id(),
        "reading failed: " + AvError.text(code));
  }
}
