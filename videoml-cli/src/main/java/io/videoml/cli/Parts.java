package io.videoml.cli;

import io.videoml.pipeline.ResultSink;
import io.videoml.source.FrameSource;
import java.nio.file.Path;

/**
 * What a command is put together from. Nothing native is loaded before one of the parts is used.
 */
interface Parts {
  /** Returns the description of a source. */
  FrameSource source(String address, SourceOptions.Backend backend);

  /** Loads the model. */
  LoadedModel load(ModelOptions options);

  /** Opens an output for frames with boxes: an MP4, or else a directory of JPEG files. */
  ResultSink annotator(Path target);
}
