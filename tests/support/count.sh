# Counts what test programs report. Sourced by tests/run; keeps `passed` and `failed`, the sums of
# the tier that runs now.
# shellcheck shell=bash disable=SC2154,SC2034  # set and used by tests/run

longest_test_program_s=${PARKING_TEST_TIMEOUT:-600}

add() {
  passed=$((passed + $1))
  failed=$((failed + $2))
}

# report NAME PASSED FAILED LOG: one line, and the log when something failed.
report() {
  if [ "$3" -eq 0 ]; then
    printf '  %-28s %5d ok\n' "$1" "$2"
  else
    printf '  %-28s %5d ok, %d NOT ok\n' "$1" "$2" "$3"
    tail -n 200 "$4" | sed 's/^/    | /'
  fi
  add "$2" "$3"
}

# counted NAME CODE LOG PASSED FAILED: a program that ended badly without saying which test failed
# (it crashed, or ran too long) counts as one failure, and so does one that ran no test.
counted() {
  local fails=$5
  if [ "$2" -ne 0 ] && [ "$fails" -eq 0 ]; then
    echo "$1 ended with exit code $2" >>"$3"
    fails=1
  elif [ $(($4 + fails)) -eq 0 ]; then
    echo "$1 ran no test" >>"$3"
    fails=1
  fi
  report "$1" "$4" "$fails" "$3"
}

# run_logged LOG COMMAND...: its exit code.
run_logged() {
  local log=$1
  shift
  timeout --kill-after=10 "$longest_test_program_s" "$@" >"$log" 2>&1 </dev/null
}

# count_gtest NAME CODE LOG
count_gtest() {
  counted "$1" "$2" "$3" \
    "$(grep -c '\[       OK \] .* ([0-9]* ms)$' "$3")" \
    "$(grep -c '\[  FAILED  \] .* ([0-9]* ms)$' "$3")"
}

# run_gtest PROGRAM [ARGUMENT...]
run_gtest() {
  local name log code=0
  name=$(basename "$1")
  log=$logs/$name.log
  run_logged "$log" "$@" || code=$?
  count_gtest "$name" "$code" "$log"
}

# run_gtest_beside PROCESSES PROGRAM: for tests that mostly wait. Each process takes its part.
run_gtest_beside() {
  local processes=$1 name code i
  local -a pids=()
  name=$(basename "$2")
  for ((i = 0; i < processes; ++i)); do
    GTEST_TOTAL_SHARDS=$processes GTEST_SHARD_INDEX=$i \
      run_logged "$logs/$name.$i.log" "$2" &
    pids+=($!)
  done
  for ((i = 0; i < processes; ++i)); do
    code=0
    wait "${pids[i]}" || code=$?
    count_gtest "$name $((i + 1))/$processes" "$code" "$logs/$name.$i.log"
  done
}

# run_qtest PROGRAM [ARGUMENT...]: Qt Test prints one "Totals:" line for each of its parts.
run_qtest() {
  local name log code=0
  name=$(basename "$1")
  log=$logs/$name.log
  run_logged "$log" "$@" || code=$?
  counted "$name" "$code" "$log" "$(sum_of_totals passed "$log")" "$(sum_of_totals failed "$log")"
}

sum_of_totals() {
  sed -n "s/^Totals:.* \([0-9]\+\) $1.*/\1/p" "$2" | awk '{ sum += $1 } END { print sum + 0 }'
}

# run_check NAME COMMAND...: a command that is one test.
run_check() {
  local name=$1 log code=0
  shift
  log=$logs/${name//[^a-z0-9]/_}.log
  "$@" >"$log" 2>&1 </dev/null || code=$?
  if [ "$code" -eq 0 ]; then report "$name" 1 0 "$log"; else report "$name" 0 1 "$log"; fi
}

# run_summed NAME COMMAND...: a run that closes with a line "N passed, N failed" of its own. Its
# output is shown as it comes, but for that line: the whole run has just one.
run_summed() {
  local name=$1 log code=0 sum
  shift
  log=$logs/$name.log
  "$@" </dev/null 2>&1 | tee "$log" | grep --line-buffered -vE "$sum_line" | sed -u 's/^/  | /'
  code=${PIPESTATUS[0]}
  sum=$(grep -E "$sum_line" "$log" | tail -n 1)
  counted "$name" "$code" /dev/null "$(awk '{ print $1 + 0 }' <<<"$sum")" \
    "$(awk '{ print $3 + 0 }' <<<"$sum")"
}

sum_line='^[0-9]+ passed, [0-9]+ failed$'
