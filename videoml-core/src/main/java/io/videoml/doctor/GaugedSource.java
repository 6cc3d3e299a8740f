package io.videoml.doctor;

import io.videoml.frame.ResumePosition;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameHandler;
import io.videoml.source.FrameReader;
import io.videoml.source.FrameSource;
import io.videoml.source.StreamInfo;
import java.util.Optional;
import java.util.OptionalLong;

/** A source whose frames are measured before anything is done about their times. */
final class GaugedSource implements FrameSource {
  private static final long serialVersionUID = 1L;

  private final FrameSource source;

  private final transient StreamGauge gauge; // never travels: the checkup reads here

  GaugedSource(FrameSource source, StreamGauge gauge) {
    this.source = source;
    this.gauge = gauge;
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
  public boolean endless() {
    return source.endless();
  }

  @Override
  public Optional<String> host() {
    return source.host();
  }

  @Override
  public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
    FrameReader reader = source.open(from, demand);
    gauge.opened();
    gauge.stream(reader.stream());
    return new GaugedReader(reader, gauge);
  }

  private record GaugedReader(FrameReader reader, StreamGauge gauge) implements FrameReader {
    @Override
    public boolean tryAdvance(FrameHandler handler) {
      return reader.tryAdvance(
          frame -> {
            gauge.frame(frame);
            gauge.stream(reader.stream());
            handler.onFrame(frame);
          });
    }

    @Override
    public void demand(DecodeDemand demand) {
      reader.demand(demand);
    }

    @Override
    public long notDemanded() {
      return reader.notDemanded();
    }

    @Override
    public OptionalLong bytesReceived() {
      return reader.bytesReceived();
    }

    @Override
    public StreamInfo stream() {
      return reader.stream();
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
