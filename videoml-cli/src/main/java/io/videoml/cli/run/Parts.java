package io.videoml.cli.run;

import io.videoml.cli.options.ModelOptions;
import io.videoml.cli.options.SourceOptions;
import io.videoml.pipeline.ResultSink;
import io.videoml.source.FrameSource;
import java.nio.file.Path;

/**
 * What a command is put together from. Nothing native is loaded before one of the parts is used.
 *
 * <p>Threading: one caller at a time.
 */
public interface Parts {
  /** Returns the description of a source. */
  FrameSource source(SourceOptions options);

  /** Loads the model. */
  LoadedModel load(ModelOptions options);

  /** Opens an output for frames with boxes: an MP4, or else a directory of JPEG files. */
  ResultSink annotator(Path target);
}
