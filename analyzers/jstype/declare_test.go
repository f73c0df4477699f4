package jstype

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestDeclare(t *testing.T) {
	const text = `
import type { Client as C, Pool } from 'pg';
import Default, { type X, Y as Z } from "y";
import * as ns from 'ns';
import type from 'odd';
import old = require('old');
import 'effect';
export interface Repo<T> extends Base<T>, Other { save(x: T): Promise<void> }
interface Twice { a: A }
interface Twice { b: B }
type Alias<T> = T | null;
export type { Q } from './q';
export { R as S } from './r';
export { Alias as Public };
export * from './all';
export * as all from './all';
export declare function over(x: string): Promise<void>;
export declare function over(x: number): Promise<string>;
declare const a: A, b: B;
export declare class K extends L { private static s: S; run(): Promise<void>; constructor(x: X) }
export class M { async go(): Promise<void> {} async = 1; get: A; static async also(): Promise<A> {} }
declare module 'inner' { interface Hidden { x: X } }
declare global { interface AlsoHidden { x: X } }
enum E { A = 1 }
function noType(x);
export default K;
`
	d := Declare(text, [][2]int{{0, len(text)}})
	var got []string
	for name, x := range d.Types {
		got = append(got, fmt.Sprintf("type %s%s %s extends(%s) class=%v again=%v", name, generic(x.Generic), show(x.Type), list(x.Extends), x.Class, x.Again))
	}
	for name, i := range d.Imports {
		got = append(got, "import "+name+" = "+i.From+"#"+i.Name)
	}
	for name, v := range d.Values {
		got = append(got, "value "+name+" "+show(v))
	}
	for as, name := range d.Exports {
		got = append(got, "export "+as+" = "+name)
	}
	for as, i := range d.From {
		got = append(got, "export "+as+" = "+i.From+"#"+i.Name)
	}
	got = append(got, d.Stars...)
	slices.Sort(got)
	want := `./all
export K = K
export M = M
export Public = Alias
export Q = ./q#Q
export Repo = Repo
export S = ./r#R
export all = ./all#*
export default = K
export over = over
import C = pg#Client
import Default = y#default
import Pool = pg#Pool
import X = y#X
import Z = y#Y
import ns = ns#*
import old = old#*
import type = odd#default
type Alias<T> union(T, -) extends() class=false again=false
type K {s: S; run: func() Promise<->} extends(L) class=true again=false
type M {go: func() Promise<->; get: A; also: func() Promise<A>} extends() class=true again=false
type Repo<T> {save: func(x: T) Promise<->} extends(Base<T>, Other) class=false again=false
type Twice {a: A; b: B} extends() class=false again=true
value K typeof K
value M typeof M
value a A
value b B
value over union(func(x: string) Promise<->, func(x: number) Promise<.>)`
	want = strings.ReplaceAll(want, "x: string", "x: .")
	want = strings.ReplaceAll(want, "x: number", "x: .")
	if g := strings.Join(got, "\n"); g != want {
		t.Errorf("got\n%s\nwant\n%s", g, want)
	}
}

func TestDeclareGlobal(t *testing.T) {
	const text = "declare global { interface Env { db: Pool } interface Twice {} }\nexport type Mine = Env\nglobal"
	d := Declare(text, [][2]int{{0, len(text)}})
	if d.Global["Env"] == nil || show(d.Global["Env"].Type) != "{db: Pool}" || len(d.Global) != 2 || len(d.Types) != 1 {
		t.Errorf("global %v, types %v", d.Global, d.Types)
	}
}

func TestReadDoc(t *testing.T) {
	d := ReadDoc(`/**
 * Sends {@link Mail} to a@b.c.
 * @template T, U
 * @param {import('pg').Client} c the client
 * @param {?string} [text='x'] a text
 * @param {Object} options
 * @param {Pool} options.pool
 * @param {...Job} jobs
 * @param {function(Error, Pool=): Promise<void>} done
 * @param {Array.<Client>} list
 * @param untyped
 * @param {broken<} odd
 * @returns {Promise<Client>} it
 * @typedef {{ a: A }} Named
 */`)
	for name, want := range map[string]string{"c": "import(pg).Client", "text": ".", "options": "Object", "jobs": "Job",
		"done": "func(: Error, : Pool) Promise<->", "list": "Array<Client>", "untyped": "nil", "pool": "nil"} {
		if got := show(d.Params[name]); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if got := show(d.Returns) + " " + show(d.Typedefs["Named"]); got != "Promise<Client> {a: A}" {
		t.Error(got)
	}
	if show(ReadDoc("/** @type {Client} */").Type) != "Client" {
		t.Error("@type is not read")
	}
	for _, c := range []string{"/* @type {A} */", "// @type {A}", "/**/", "/** text */", "/** mail@type {A} */"} {
		if d := ReadDoc(c); d != nil && d.Type != nil {
			t.Errorf("%s says a type", c)
		}
	}
}
