package io.videoml.gstreamer;

import io.videoml.source.SourceException;
import java.util.List;
import java.util.function.Function;

/** The front of a source that is a launch description. */
final class LaunchFront implements Front {
  private static final String SINK = "videoml_units";

  private final Settings settings;
  private final LaunchText text;
  private final Redaction redaction;

  LaunchFront(Settings settings, LaunchText text, Redaction redaction) {
    this.settings = settings;
    this.text = text;
    this.redaction = redaction;
  }

  @Override
  public String description(Function<String, String> sink) {
    return text.front() + " ! " + sink.apply(SINK);
  }

  @Override
  public List<String> sinks() {
    return List.of(SINK);
  }

  @Override
  public String decoder() {
    return text.decoder();
  }

  @Override
  public void configure(Pipe pipe) {}

  @Override
  public SourceException failure(Message error, boolean started) {
    return Failures.of(error, settings, redaction);
  }

  @Override
  public Redaction redaction() {
    return redaction;
  }
}
