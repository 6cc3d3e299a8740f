package io.videoml.gstreamer;

import io.videoml.source.SourceException;

/**
 * The part of a stream before the decoder, of one kind of source.
 *
 * <p>Threading: called by the thread that owns the stream.
 */
interface Front {
  /** Returns the launch description that ends in coded or raw pictures, without secrets. */
  String description();

  /** Returns the launch description of the decoder that belongs to it; empty to choose one. */
  String decoder();

  /** Sets what does not belong into a launch description, before it starts. */
  void configure(Pipe pipe);

  /** Says what an error of it means. */
  SourceException failure(Message error, boolean started);

  /** Returns what hides secrets in messages. */
  Redaction redaction();
}
