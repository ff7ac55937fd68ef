#include "inspect/log_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <numeric>

#include "base/bytes.h"
#include "base/share_out.h"
#include "inspect/entry_check.h"
#include "inspect/event_place.h"
#include "inspect/index_check.h"
#include "inspect/range_check.h"
#include "store/opening.h"
#include "store/rocks/database.h"
#include "store/stored_tree.h"

namespace liggare::inspect {
namespace {

constexpr unsigned level_max = 63;

// The positions that are worth looking at one by one: a forged head or position may claim more
// than a lifetime's, so gaps are believed only up to as many events as there are entries.
std::uint64_t believable_size(std::uint64_t entries) {
  constexpr std::uint64_t gap_max = std::uint64_t{1} << 20;
  return 2 * entries + gap_max;
}

class LogCheck {
 public:
  LogCheck(const VerifyOptions& options, const OpenedLog& opened, const Claims& claims,
           FindingList& findings, VerifyReport& report)
      : options_(options),
        database_(*opened.database),
        layout_(store::layout_in(database_)),
        floor_(opened.floor),
        claims_(claims),
        findings_(findings),
        report_(report) {}

  Result<LogState> run() {
    LIGGARE_CHECK(read_head());
    LIGGARE_TRY(const auto size, examined_size());
    LIGGARE_CHECK(read_identity(size));
    Examination examination{database_, layout_, size, findings_, entry_hash_};
    LIGGARE_CHECK(check_claims(examination));
    LIGGARE_TRY(examination.from, believed_before(examination));
    LIGGARE_CHECK(check_heads_family());
    LIGGARE_CHECK(check_events(examination));
    LIGGARE_CHECK(check_root(size));
    LIGGARE_CHECK(check_floor(examination));
    if (examination.from == 0) {
      LIGGARE_CHECK(look_back(examination));
    }
    say_what_was_checked(examination);
    return LogState{size, tally_.newer_records != 0};
  }

 private:
  Result<void> read_head() {
    const auto head = store::stored_head(database_);
    if (!head) return findings_.take(head.error());
    head_ = *head;
    report_.head = *head;
    return {};
  }

  // A log without events and without identity was never finished: that is no damage.
  Result<void> read_identity(std::uint64_t size) {
    const auto identity = store::stored_identity(database_);
    if (identity) {
      report_.origin = identity->origin;
      report_.head_policy = identity->head_mode == store::HeadMode::floor ? "floor" : "strict";
      return {};
    }
    const bool is_missing = identity.error().code == ErrorCode::not_found;
    const bool is_damage =
        identity.error().code == ErrorCode::corrupt || (is_missing && (head_ || size > 0));
    if (!is_damage) return Unexpected{identity.error()};
    findings_.add({Part::opening},
                  {"identity", "identity of the ledger", "its origin", identity.error().message});
    return {};
  }

  Result<void> check_claims(const Examination& examination) {
    if (!report_.origin.empty()) {
      LIGGARE_CHECK(check_origins(claims_.given, report_.origin));
    }
    LIGGARE_CHECK(check_signer(examination, claims_.signer, report_.origin, report_));
    for (const GivenHead& given : claims_.given.checkpoints) {
      LIGGARE_CHECK(check_given(examination, given));
    }
    return {};
  }

  Result<bool> check_given(const Examination& examination, const GivenHead& given) {
    const HeadClaim claim = claim_of(given);
    LIGGARE_TRY(const auto holds, check_head(examination, Part::checkpoints, claim));
    report_.covered =
        std::max(report_.covered.value_or(0), holds == true ? claim.head.tree_size : 0);
    if (holds != true) return false;
    report_.checked.push_back(
        {Statement::append_only_since, {given.name, std::to_string(claim.head.tree_size)}});
    return true;
  }

  // Up to where nothing is read again: whole ranges before the checkpoint that is believed. The
  // subtrees that make up its root are those that the tree after it is built on.
  Result<std::uint64_t> believed_before(const Examination& examination) {
    if (!claims_.given.since) return 0;
    LIGGARE_TRY(const bool holds, check_given(examination, *claims_.given.since));
    if (!holds) return 0;
    return claims_.given.since->checkpoint.head.tree_size / range_events * range_events;
  }

  Result<void> check_files() {
    const auto damaged = database_.damaged_files();
    if (!damaged) return findings_.take(damaged.error());
    for (const auto& file : *damaged) findings_.add_damaged_file(file, other_checksum);
    has_checked_files_ = true;
    return {};
  }

  bool is_head_key(std::string_view key) const {
    if (key == store::edge_key) return layout_ == store::TreeLayout::leaf_tiles;
    return key == store::head_key || key == store::identity_key;
  }

  Result<void> check_heads_family() {
    const auto take = [&](std::string_view key, std::string_view value) -> Result<void> {
      if (is_head_key(key)) return {};
      findings_.add({Part::head}, {"head-key", fmt::format("head key {}", printable(key)),
                                   "no entry", printable(value)});
      return {};
    };
    const auto read = database_.for_each({store::Family::heads, "", ""}, take);
    return read ? Result<void>() : findings_.take(read.error());
  }

  Result<std::uint64_t> examined_size() {
    LIGGARE_TRY(const auto entries, database_.count(store::Family::events));
    std::uint64_t size = head_ ? head_->tree_size : believable_size(entries);
    const auto last_key = database_.last_key(store::Family::events);
    if (!last_key) {
      LIGGARE_CHECK(findings_.take(last_key.error()));
    } else {
      size = std::min(size, end_after(*last_key).value_or(size));
    }
    size = std::min(size, believable_size(entries));
    if (head_ && size < head_->tree_size) {
      findings_.add({Part::events, size},
                    {"event-missing", events_place(size, head_->tree_size), "a record", "nothing"});
    }
    return size;
  }

  static std::optional<std::uint64_t> end_after(const std::optional<std::string>& last_key) {
    if (!last_key) return 0;
    const auto position = store::read_position(*last_key);
    if (!position || *position == UINT64_MAX) return std::nullopt;
    return *position + 1;
  }

  Result<void> check_events(const Examination& examination) {
    const std::uint64_t first = examination.from / range_events;
    std::vector<RangeOutcome> outcomes(range_count(examination.size) - first);
    const std::uint64_t walks = examination.from == 0 ? 3 : 0;
    // Those that take longest begin first.
    const auto task = [&](std::uint64_t number) -> Result<void> {
      if (number < walks) return walk(examination, number);
      const std::uint64_t range = number - walks;
      LIGGARE_CHECK(keep(check_range(examination, first + range), outcomes[range]));
      tell_progress(examination);
      return {};
    };
    LIGGARE_CHECK(share_out({outcomes.size() + walks, options_.threads}, task));
    if (has_checked_files_) report_.checked.push_back({Statement::stored_files});
    LIGGARE_TRY(Level tops, believed_tops(first));
    for (const auto& outcome : outcomes) {
      tally_ += outcome.tally;
      sums_ += outcome.sums;
      tops.insert(tops.end(), outcome.top.begin(), outcome.top.end());
    }
    const LeafSpan whole{0, examination.size, true};
    LIGGARE_CHECK(climb(examination, whole, {range_level + 1, level_max}, std::move(tops), tally_));
    return {};
  }

  // What is read from end to end, in one piece each.
  Result<void> walk(const Examination& examination, std::uint64_t number) {
    if (number == 0) return keep(check_streams(examination), streams_);
    if (number == 1) return keep(check_ids(examination), ids_);
    return check_files();
  }

  // The nodes over the ranges that are not read.
  Result<Level> believed_tops(std::uint64_t count) {
    Level tops(count);
    const store::StoredTree tree(database_, layout_);
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto node = tree.node({range_level, i});
      if (node) {
        tops[i] = {*node, *node, false};
      } else {
        LIGGARE_CHECK(findings_.take(node.error()));
      }
    }
    return tops;
  }

  template <class T>
  static Result<void> keep(Result<T> result, T& kept) {
    LIGGARE_TRY(kept, std::move(result));
    return {};
  }

  void tell_progress(const Examination& examination) {
    if (!options_.progress) return;
    const std::lock_guard one_at_a_time(progress_mutex_);
    const std::uint64_t total = examination.size - examination.from;
    done_ = std::min(done_ + range_events, total);
    options_.progress(Phase::events, done_, total);
  }

  // The root of the stored nodes, each of which was recomputed; no value where one is missing,
  // which is a finding of its own.
  Result<std::optional<Hash>> root_at(std::uint64_t size) {
    const auto root = merkle::root_at(size, store::StoredTree(database_, layout_).reader());
    if (root) return std::optional(*root);
    if (root.error().code != ErrorCode::corrupt) return Unexpected{root.error()};
    return std::optional<Hash>();
  }

  Result<void> check_root(std::uint64_t size) {
    if (!head_ || head_->tree_size != size) return {};
    LIGGARE_TRY(const auto root, root_at(size));
    if (root && *root != head_->root_hash) {
      findings_.add({Part::head}, {"root-differs", fmt::format("head at {} events", size),
                                   to_hex(root->view()), to_hex(head_->root_hash.view())});
    }
    if (root) report_.checked.push_back({Statement::root_at, {std::to_string(size)}});
    return {};
  }

  Result<void> check_floor(const Examination& examination) {
    if (!floor_) return {};
    const std::uint64_t floor_size = floor_->head.tree_size;
    const std::string place =
        floor_size > examination.size ? "HEAD" : fmt::format("HEAD at {} events", floor_size);
    LIGGARE_TRY(const auto holds,
                check_head(examination, Part::head, {"head-differs", place, floor_->head}));
    if (holds == true) {
      report_.checked.push_back({Statement::head_file_at, {std::to_string(floor_size)}});
    }
    return {};
  }

  // Equal sums are equal entries, so that each record has its own and there is no other. Where they
  // differ, or where not all could be read, finds out which.
  Result<void> look_back(const Examination& examination) {
    LIGGARE_TRY(tally_.ids, entries_held(examination, store::Family::ids, sums_.ids == ids_.sum));
    LIGGARE_TRY(tally_.versions,
                entries_held(examination, store::Family::streams, sums_.streams == streams_.sum));
    if (ids_.entries != tally_.ids) {
      LIGGARE_TRY(const auto forged, locate_forged_ids(examination));
      report_excess({"id-index", "ids", "", ""}, ids_.entries - forged, tally_.ids);
    }
    if (streams_.entries != tally_.versions) {
      LIGGARE_TRY(const auto forged, locate_forged_streams(examination));
      report_excess({"stream-index", "streams", "", ""}, streams_.entries - forged,
                    tally_.versions);
    }
    return {};
  }

  Result<std::uint64_t> entries_held(const Examination& examination, store::Family family,
                                     bool are_equal) {
    if (are_equal) return tally_.records;
    std::vector<std::uint64_t> held(range_count(examination.size));
    LIGGARE_CHECK(share_out({held.size(), options_.threads}, [&](std::uint64_t range) {
      return keep(check_entries(examination, range, family), held[range]);
    }));
    return std::accumulate(held.begin(), held.end(), std::uint64_t{0});
  }

  // Records that can't be read may account for an entry each, and for no more than one.
  void report_excess(Finding finding, std::uint64_t entries, std::uint64_t matched) {
    const std::uint64_t expected = matched + tally_.newer_records + tally_.unread_records;
    if (entries <= expected) return;
    finding.expected = fmt::format("at most {} entries", expected);
    finding.found = fmt::format("{} entries", entries);
    findings_.add({Part::streams, UINT64_MAX}, std::move(finding));
  }

  void say_what_was_checked(const Examination& examination) {
    auto& checked = report_.checked;
    checked.push_back({Statement::records, {std::to_string(tally_.records)}});
    checked.push_back({Statement::leaf_hashes, {std::to_string(tally_.leaf_hashes)}});
    checked.push_back({Statement::tree_nodes, {std::to_string(tally_.nodes)}});
    if (examination.from == 0) {
      checked.push_back({Statement::event_ids, {std::to_string(tally_.ids)}});
      checked.push_back({Statement::stream_versions,
                         {std::to_string(tally_.versions), std::to_string(streams_.subjects)}});
    } else {
      checked.push_back({Statement::index_entries, {std::to_string(tally_.ids)}});
      say_what_was_believed(examination.from);
    }
    auto& not_checked = report_.not_checked;
    if (tally_.newer_records != 0) {
      not_checked.push_back({Statement::newer_records, {std::to_string(tally_.newer_records)}});
    }
    if (tally_.unread_records != 0) {
      not_checked.push_back({Statement::unread_records, {std::to_string(tally_.unread_records)}});
    }
  }

  void say_what_was_believed(std::uint64_t from) {
    report_.not_checked.push_back({Statement::believed_events, {std::to_string(from - 1)}});
    report_.not_checked.push_back({Statement::entries_without_event});
  }

  const VerifyOptions& options_;
  const store::Database& database_;
  const store::TreeLayout layout_;
  const std::optional<store::HeadSlot> floor_;
  const Claims& claims_;
  FindingList& findings_;
  VerifyReport& report_;
  std::optional<merkle::TreeHead> head_;
  const SetHash entry_hash_;
  Tally tally_;
  IndexSums sums_;
  IndexCount ids_;
  IndexCount streams_;
  std::mutex progress_mutex_;
  std::uint64_t done_ = 0;
  bool has_checked_files_ = false;
};

}  // namespace

Result<LogState> examine_log(const VerifyOptions& options, const OpenedLog& opened,
                             const Claims& claims, FindingList& findings, VerifyReport& report) {
  return LogCheck(options, opened, claims, findings, report).run();
}

}  // namespace liggare::inspect
