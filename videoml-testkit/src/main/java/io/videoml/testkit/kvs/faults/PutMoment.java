package io.videoml.testkit.kvs.faults;

/** A moment in the life of a fragment that is put; everything before it has happened. */
public enum PutMoment {
  /** Its start was acknowledged; it is in no stream. */
  BUFFERING,
  /** It arrived, and was neither stored nor acknowledged. */
  ARRIVED,
  /** It was acknowledged as received, and then lost: it is in no stream. */
  RECEIVED_AND_LOST,
  /** It is in the stream, and was not acknowledged: who sends it again makes a duplicate. */
  STORED,
  /** It is in the stream, and was acknowledged as received. */
  RECEIVED,
  /** It is in the stream, and was acknowledged as persisted. */
  PERSISTED
}
