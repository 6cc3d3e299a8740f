package io.videoml.pipeline;

import io.videoml.frame.OwnedFrame;
import io.videoml.sampling.SamplingDecision;

/** A frame on its way to the detector, owned by whoever holds this. */
record KeptFrame(OwnedFrame frame, SamplingDecision decision) {}
