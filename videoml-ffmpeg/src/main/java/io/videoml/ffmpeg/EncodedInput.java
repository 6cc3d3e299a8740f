package io.videoml.ffmpeg;

import static java.util.Objects.requireNonNull;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;

import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketHandler;
import io.videoml.packet.PacketInfo;
import io.videoml.packet.PacketReader;
import io.videoml.packet.PacketSource;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * The packets of somebody else's reader, copied once into memory that a decoder can read.
 *
 * <p>The reader may be wrong in any way: what it lends too early, too late, twice or on another
 * thread than the one that asks is refused, and reaches no native memory.
 */
final class EncodedInput implements PacketInput {
  private enum Turn {
    NONE,
    EXPECTED,
    TAKEN
  }

  private static final long SECOND = 1_000_000_000L;

  private final String id;
  private final boolean live;
  private final Interrupt interrupt;
  private final PacketReader reader;
  private final PacketHandler handler = this::take;
  private final AVPacket packet = av_packet_alloc();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final TimeBase base;
  private final boolean any;
  private Turn turn = Turn.NONE;
  private @Nullable Thread asking;
  private @Nullable EncodedFormat format;
  private @Nullable EncodedParameters parameters;
  private @Nullable Origin origin;
  private @Nullable SourceException failure;
  private boolean startsRun;
  private boolean fetched;

  private EncodedInput(PacketSource source, PacketReader reader, Interrupt interrupt) {
    this.id = source.id();
    this.live = source.live();
    this.interrupt = interrupt;
    this.reader = reader;
    NativeCount.opened();
    try {
      any = pull();
      fetched = true;
      EncodedFormat first = format == null ? requireNonNull(reader.format(), "format") : format;
      startsRun = false;
      base = baseOf(first.frameRate());
      if (parameters == null) {
        parameters = EncodedParameters.of(first, /* delayNanos= */ 0, id);
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Reads the first packet. The reader belongs to the input, also where this fails. */
  static EncodedInput open(PacketSource source, PacketReader reader, Interrupt interrupt) {
    return new EncodedInput(source, reader, interrupt);
  }

  private static TimeBase baseOf(OptionalDouble rate) {
    double hertz = rate.orElse(0);
    boolean known = hertz > 0 && hertz < 1e6;
    return new TimeBase(
        1,
        SECOND,
        known ? Math.round(SECOND / hertz) : SECOND / 25,
        known ? rate : OptionalDouble.empty());
  }

  @Override
  public boolean read() {
    if (fetched) {
      fetched = false;
      return any;
    }
    try {
      return failure == null && pull();
    } catch (SourceException e) {
      if (e.kind() == Kind.CLOSED) {
        throw e;
      }
      failure = e; // what the decoder holds comes first
      return false;
    }
  }

  private boolean pull() {
    av_packet_unref(packet);
    if (interrupt.stop()) {
      throw new SourceException(Kind.CLOSED, id, "was closed while it was read");
    }
    turn(Turn.EXPECTED);
    boolean more;
    Turn after;
    try {
      more = reader.tryAdvance(handler);
    } finally {
      after = turn(Turn.NONE);
    }
    if (more != (after == Turn.TAKEN)) {
      throw new IllegalStateException(
          "the packet reader of %s %s"
              .formatted(
                  id,
                  more
                      ? "says that it lent a packet, but lent none"
                      : "lent a packet and says that it did not"));
    }
    return more;
  }

  private synchronized Turn turn(Turn next) {
    Turn before = turn;
    turn = next;
    asking = next == Turn.EXPECTED ? Thread.currentThread() : null;
    return before;
  }

  private synchronized void take(EncodedPacket lent) {
    if (turn != Turn.EXPECTED || asking != Thread.currentThread()) {
      throw new IllegalStateException(
          "one packet of "
              + id
              + " is to be lent within one tryAdvance, on its thread, and none at other times");
    }
    PacketInfo info = requireNonNull(lent.info(), "info");
    Origin said = new Origin(info, lent.position().orElse(null));
    adopt(info);
    copy(requireNonNull(lent.data(), "data"));
    packet.pts(info.ptsNanos());
    packet.dts(info.dtsNanos());
    packet.flags(info.keyFrame() ? AV_PKT_FLAG_KEY : 0);
    origin = said;
    turn = Turn.TAKEN;
  }

  private void adopt(PacketInfo info) {
    EncodedFormat next = info.format();
    if (Objects.equals(next, format)) {
      startsRun |= info.discontinuity();
      return;
    }
    EncodedParameters made = EncodedParameters.of(next, info.ptsNanos() - info.dtsNanos(), id);
    if (parameters != null) {
      parameters.close();
    }
    parameters = made;
    format = next;
    startsRun = true;
  }

  private void copy(ByteBuffer data) {
    int size = data.remaining();
    av_packet_unref(packet);
    if (av_new_packet(packet, size) < 0) {
      throw new SourceException(
          Kind.CORRUPT, id, "has a packet of " + size + " bytes, for which there is no memory");
    }
    packet.data().capacity(size).asByteBuffer().put(data);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public boolean live() {
    return live;
  }

  @Override
  public TimeBase base() {
    return base;
  }

  @Override
  public AVCodecParameters parameters() {
    return requireNonNull(parameters, "parameters").get();
  }

  @Override
  public AVPacket packet() {
    return packet;
  }

  @Override
  public long arrivalNanos() {
    Origin said = origin;
    return said == null ? System.nanoTime() : said.info().arrivalNanos();
  }

  @Override
  public long capturedMicros() {
    return SenderTime.UNKNOWN; // the origin says it
  }

  @Override
  public @Nullable Origin origin() {
    return origin;
  }

  @Override
  public boolean startsRun() {
    return startsRun;
  }

  @Override
  public void beginRun() {
    startsRun = false;
  }

  @Override
  public @Nullable SourceException failure() {
    return failure;
  }

  @Override
  public boolean mayBeEmpty() {
    return !any;
  }

  @Override
  public OptionalLong bytesReceived() {
    return reader.bytesReceived();
  }

  @Override
  public void cancel() {
    if (cancelled.compareAndSet(false, true)) {
      reader.close();
    }
  }

  @Override
  public void close() {
    av_packet_free(packet);
    if (parameters != null) {
      parameters.close();
      parameters = null;
    }
    NativeCount.closed();
    cancel();
  }
}
