package org.winnow.sweep;

import java.io.Serializable;
import java.util.Map;

/**
 * One configuration on one data set.
 *
 * @param id hash of both
 * @param params every key with its value
 * @param replicates hash of all but the seed: trials that share it differ in their seeds alone
 * @param options of the job
 */
public record Trial<C>(String id, Map<String, String> params, String replicates, C options) implements Serializable {}
