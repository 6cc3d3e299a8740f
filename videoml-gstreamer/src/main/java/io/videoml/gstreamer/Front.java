package io.videoml.gstreamer;

import io.videoml.source.SourceException;
import java.util.List;
import java.util.function.Function;

/**
 * The part of a stream before the decoder, of one kind of source.
 *
 * <p>Threading: called by the thread that owns the stream.
 */
interface Front {
  /**
   * Returns the launch description, without secrets.
   *
   * @param sink what to end each branch with: pictures, coded or raw, go there
   */
  String description(Function<String, String> sink);

  /** Returns the names of the sinks in the description; pictures come from one of them. */
  List<String> sinks();

  /** Returns the launch description of the decoder that belongs to it; empty to choose one. */
  String decoder();

  /** Sets what does not belong into a launch description, before it starts. */
  void configure(Pipe pipe);

  /** Says what an error of it means. */
  SourceException failure(Message error, boolean started);

  /** Returns what hides secrets in messages. */
  Redaction redaction();
}
