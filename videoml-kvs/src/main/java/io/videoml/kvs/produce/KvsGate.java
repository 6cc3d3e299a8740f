package io.videoml.kvs.produce;

import static java.util.Objects.requireNonNull;

import io.videoml.ffmpeg.PacketDecoding;
import io.videoml.frame.Frame;
import io.videoml.frame.ResumePosition;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketHandler;
import io.videoml.packet.PacketReader;
import io.videoml.packet.PacketSource;
import io.videoml.pipeline.FrameResult;
import io.videoml.pipeline.Uplink;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sends of a camera only what a cascade lets through, as the camera encoded it: the whole groups of
 * pictures (a key frame and what follows it) that the frames belong to. There is one connection to
 * the camera: {@link #source()} decodes its packets for the pipeline, and the gate holds the latest
 * of them until the pipeline has decided.
 *
 * <p>Bytes are counted when they are sent, those of the rest of a group with the next frame. A
 * frame whose group is gone already, since the pipeline took too long, fails as an uplink does;
 * give the gate more memory then.
 *
 * <p>Threading: as any uplink; the source is read by one thread. It lives in one process: a
 * pipeline with a gate cannot travel.
 */
public final class KvsGate implements Uplink {
  private static final long MEMORY = 12 << 20;

  private final PacketSource camera;
  private final KvsWriter writer;
  private final RecentGroups groups; // guarded by itself

  private KvsGate(PacketSource camera, KvsWriter writer, long memory) {
    this.camera = camera;
    this.writer = writer;
    this.groups = new RecentGroups(writer, memory);
  }

  /** Opens a gate that holds up to 12 MiB of packets, 16 seconds at 6 Mbit/s. */
  public static KvsGate open(PacketSource camera, KvsProducer producer) {
    return open(camera, producer.open(), MEMORY);
  }

  /**
   * Opens a gate.
   *
   * @param writer is the gate's, which closes it
   * @param memory how many bytes of packets it may hold that nobody decided on yet; the newest
   *     group is always held
   */
  public static KvsGate open(PacketSource camera, KvsWriter writer, long memory) {
    requireNonNull(camera, "camera");
    requireNonNull(writer, "writer");
    if (memory < 1) {
      throw new IllegalArgumentException("memory must be positive, was " + memory);
    }
    return new KvsGate(camera, writer, memory);
  }

  /** Returns the camera, decoded: the source of the pipeline that the gate is an uplink of. */
  public FrameSource source() {
    return source(PacketDecoding.defaults());
  }

  /** As the other method, decoded in a way of the caller's. */
  public FrameSource source(PacketDecoding decoding) {
    return new Decoded(requireNonNull(decoding, "decoding"), new Tapped());
  }

  /** Returns what was sent so far. */
  public ProducerStatistics statistics() {
    return writer.statistics();
  }

  @Override
  public long send(Frame frame, FrameResult soFar) {
    synchronized (groups) {
      if (!groups.want(frame.info().time().captured())) {
        throw new IllegalStateException(
            "the packets of the frame at %s are gone; give the gate more memory"
                .formatted(frame.info().time().pts()));
      }
      return groups.takeSent();
    }
  }

  /** Ends what is being sent, as {@link KvsWriter#close} does. */
  @Override
  public void close() {
    writer.close();
  }

  private void passed(EncodedPacket packet) {
    synchronized (groups) {
      groups.add(packet);
    }
  }

  /** The camera's packets, of which the gate has a look. */
  private final class Tapped implements PacketSource {
    private static final long serialVersionUID = 1L;

    @Override
    public String id() {
      return camera.id();
    }

    @Override
    public boolean live() {
      return camera.live();
    }

    @Override
    public boolean endless() {
      return camera.endless();
    }

    @Override
    public Optional<String> host() {
      return camera.host();
    }

    @Override
    public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
      return camera.open(from, demand); // nobody looks at its packets
    }

    @Override
    public PacketReader openPackets(Optional<ResumePosition> from) {
      return new TappedReader(camera.openPackets(from));
    }
  }

  private final class TappedReader implements PacketReader {
    private final PacketReader reader;

    TappedReader(PacketReader reader) {
      this.reader = reader;
    }

    @Override
    public boolean tryAdvance(PacketHandler handler) {
      return reader.tryAdvance(
          packet -> {
            passed(packet);
            handler.onPacket(packet);
          });
    }

    @Override
    public EncodedFormat format() {
      return reader.format();
    }

    @Override
    public OptionalLong bytesReceived() {
      return reader.bytesReceived();
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  private record Decoded(PacketDecoding decoding, PacketSource packets) implements FrameSource {
    @Override
    public String id() {
      return packets.id();
    }

    @Override
    public boolean live() {
      return packets.live();
    }

    @Override
    public boolean endless() {
      return packets.endless();
    }

    @Override
    public Optional<String> host() {
      return packets.host();
    }

    @Override
    public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
      return decoding.open(packets, from, demand);
    }
  }
}
