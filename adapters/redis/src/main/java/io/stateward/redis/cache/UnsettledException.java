package io.stateward.redis.cache;

/** Says that a bucket has no head that is to be believed, and that nothing was done. */
final class UnsettledException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  final int bucket;

  UnsettledException(int bucket) {
    super("Bucket " + bucket + " has no head.", null, false, false);
    this.bucket = bucket;
  }
}
