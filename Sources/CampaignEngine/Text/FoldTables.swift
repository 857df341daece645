// Unicode 14.0.0. Written by write_fold_tables.py, which says how it is read.
// swift-format-ignore-file

/// What the fold knows of Unicode: runs of numbers, which `FoldData` reads once.
enum FoldTables {
  static let unicodeVersion = "14.0.0"

  /// What a scalar becomes where that is not itself; decimal digits aside.
  static let mappings: StaticString = #"""
    as$y0>j(Gx%i01U$+h&@g&4&H$9$g]2t]$F$b&H*?1&(%'(%(,$-&&8%(&+$%(0$,3*S1&(%'(%(,$-&&8%(&+$%(0(&,%*S
    %,(%(&%.&%,(%(&%.&3&&%&&,*&3&$%*(,&$%*&3**%,&%*&%0&%&(%'(%*&$1%(E$z4+m/%&cB%(&+l:$i:$nB%&kB$&$zB
    +0*&bC&&(+kC%&dC$qC%&nC$}5,&z5$dD$~/+f0,(aD%&&$nD$kD%&*%&&$tD$a09,v%&o8%&4%&0%.0,(K3(0%&,%(,%&kE
    $tE:&)$q5$x$%&x7%&=3&@%(?%(,%(,%(0%(*%(*%&'%&&$o=,&g>$0$7$|>,&n=%&U%&,%,8%&8*&=$4?&I$($6$4$%$2$o
    ?+`A$sE$*%&rE%&.%&2%&&%&2>&Q%&(+&N(L&&3',;&&$&]',9&G&2(A&,q$C22o%&5$($4*&qC$4*&vC(&f'%&$~'*12mG$
    oB$2$.$~Du6&~(+Jc,&d(+kX+xX9fY9Z$o_A&fa$$~\$fS*'oS+8+0$,$C&53-+H$7$<$K*',$D|%'U7$<$/$0$,$@$m$$0%
    '>$&$/.0V+a$*&2+5$)+l&+n%$u%4'i*%&b.$^$a$&'f$*&(&'*$a$$'$:$\&-b%*&4&9*c$)b'&)+'9j$@[$'$:./`$,&L'
    ),f$?H+n&%&|+'*g+3(r+$v,,&k,(&t,$$%&q,%&&$a-,(},%&0(&c-$$%&c,%*7%&,$m-,&d-'?m-4Jt(9kx$lD$o,&ef%$
    f$$e$$j$2)b)*|*'i$+$$f$$h*$c*},&1o&&,%'$\*9$2z*+`+ub$&fh%uf/`})d}$Jz}1+r$G0n,vb1mq'*|Tb{1&al*$<&
    &*$&$4$V$dhx$WO{sq$4'~$s:&kz*-&*$l:&,e:+4$f>*'c>*&.$K&&`B$~f0*&yg1%&*&&nB$iB1&,&&*$mA&&`h0$fh1&&
    ,$mh1$uf0$sB$yh1&'kq/&&L$rY$6&&*&&qW$B&&.1'aZ&&:*&*&'($4+f`$@y`$8'?$.&(,*&.$*1'*$M-&*9.2<+z@%&~A
    $&$rB$mB*&tB$0$yB&&cC$em0*&co1$($lF$iF$iC%&fC&&oC$,$lC$dD$aD&&nD$~d0$fh1$pD%'gD$tD$a5q0&fY%*&%&&
    %.&%.&%&&%&&%.&%(&%*(%,&%*&%,&%,&%(&%,(%.&%,&%.&%(&%.&%(&%&&%*&$G$<*&*++A<G%4,%(,%<0%20%,,'&}g2,
    &|g2%4gW%*,3*$34(%4(%*03*$3,0/($%4,%&S%&,%&(%&(%&0%&0%&,34S%40%4H%)S,+$$}\$o]%'n]%'k],&$%&'%'(%'
    j]%(o]3*$,'n]%(h^%&+%*,$+%&~]$23'b^,&$%&7%'8%&o^,/$Nq`3Gp`3%&2+$\2j$?22q$1GB}'Au%D$w%4*n%*&5$H&&
    M$r&&.a&*&-$H&&M+w%$,$8$6$I$*&(*$.&&*{8C@rB4&iB%(&%&&%&*+(;'(%&(N4+vX+uX+A&'7,&,$&$qp3*&bp3&(a{$
    $h{$2gY%&=$>$xd2A&g}3$&&&,a'$9>@(2;&&5$8$+9>@(2;&&5$89rs3g'&<d&,z(}%$,$'y-g%@.2*Gla42(j%&zb4}'V2
    22(+*a'id4+}e4j$K*&ud4&&ff44&@4&,P&,4&44&,w)\&&0$*~,&b%&&NP(f$n/&jc)|g$-eo;p3>e%&>$$f%pb-|v8zc$T
    }7},'{i9*&,$A$J%&;%&*%&B$n@$hA*&gA&&s@$&$%$xm92zn9+8+-$<$)$2'Vgn9_&~(@2b>e)of$ahCy4}r=x$coM$t$$@
    $6$X$|$$2$L$X$uK$p$$0$R$L$N$o%$N$:$b,$d($\$.$`$$6$Z$>$V$m%$H$Z$zR$v&$w?$R$4$:$H$~&$z@$e%$y)$R$J$
    P$q%$*$m9$8$<$>$q)$4$.$s)$8$>$4$`&$F$H$g'$qG$a%$N$yQ$.$m'$D$>$N$r$$.$i3$T$d$$sc$$j&$R$y%$T$6$2$m
    %$.$d$$ug$$|>$<$.$,$4*&H$m'$`0$.$}7$8$i%$2$6$4$}'$2$x0$2$g%$F$c%$k1$2$F$e7$f*$0$y-$u'$a%$n:$t*$c
    G$Z$w%$k%$n&$:$0$f$$~&$8$l8$2$6$6$D$B$,$e'$,$0$ka$$`$$j@$<$R$j4$>$t&$a%$tF$B$B$j$$n$$|.$<$l&$b2$
    b$$q/$N$.$h0$}-$d*$0$.$j^$6$d,$`,$*$c%$z($>$,$2$l($h$$0$@$z,$k%$,${-$*$J$j2$e%$2$r&$8$*$8$`$$q;$
    {;$8$p$$P$4$8$,$t$$,$F$.$>$Z$B$4${%$B$,q+k~v$a.}p;+ew4&&*y7&sn4qC&|y2$a-${,&&a-&'},&*g-$v+&'K$Z&
    .S&9w'-&`'&&s-*&.$2*&,$c.*&p.&&m.*&*$**',&(.$0$,$8$2$.&&v,&'~+&&~$$,&&6$*$8$*9eeB$c+$o*$wu&$tu&$
    j$$g$$vz6$tu6$e&$S$j}'$sB$xo&cGxo%$s{&$lw%$}v-u'&~wZ*&*&&**&**&*&(*$cqt$$}m$$`H$}m$$`H$`H$}m$$}m
    $$`H$}m$$`H$`H$`H$`H2cy)+jib$$c+$o*$wu&$wl&$cQ$mZ$jZ$oT$zr$$vp,$c`'$tg$$lu$$tv8$nhA$b{)$qG$u4$xu
    +$iy5$pf2$b}/$gh,$qr6$pz6$on$$sx0$yh?$suC$sG$vq/$d~8$}zH${K$`w/$ws1$j$$g$$}m*$ki'$|-$dn&$f%$bt0$
    wg7$j|B${r@$qb%h))qq7*06*(V&)2$2$*$*$*&)**'0&).&(0r||(;wo`$n&2f&1&fmx$~?+uwx$<+D,*szz$$}{z$,&z{z
    $%(*$f|z$,*c|z$%(&'&z|z$,&o|z$',||z$+@_&:+jpk$')upk$A&|d{$$cG'&sB$(%'9$.%&/%&,''ub{$,&rb{$%&,%&*
    %&,%&&$9$jB$.$kB$~B+m%$Q$}D$za}$'&x],&kc{$')xc{$+|d{$$D$2%&O%&BGje{$J&0v'vf{$$*$:$zg{$2lh{$y`()3
    '2&&&`%.@*9$:(*$&+~xz$%&xyz$$6c$tDPt$bc+sat&zhb$$q{5$`g7$fC$}}1$yk3$fa%%&rjJ$`nG$gc@$xcB$b`$$ms&
    $y{,$pz&$er%$p:$r6$ma&$wp6$gU${_$}S$nv*$u`)$|p&$|eJ$ys$$eq.$ex%$qu,$ow.$kpD$k|+$ot-$k]$tq6$aq2$w
    j%$u`8$em&$pk%$b~$$r{1$gxD$hF$c5$up+$dg%$sz%$`r$$lz&$of%$s'$ea&$a}&$bh$$bL$g}5$w1$hf$$yh%$sc*$uc
    ($wn,$hs<$qh%$~s1$bf$$bp)${l%${s,$tm'$acC$p\$fi)$n`$$`6$kp)$c3$wy.$m}E$gk:$b{:$C${n7$b^$ni%${z+$
    `z'$cu7$~y%$zq3$vkB$`i)$|f$$mk,$sA$ji4${e6$b~7$|n*${k+${k2$b|%$|r.$ja8$dn$$bj2$mb)$ml%$`o2$`e5$u
    v4$rb'$~~2$ot2$qn+$ns6$eO$h($ic.$~z,$m}$$rn&$ov%$coC$q7$yw$$n|$$et%$|m'$q{&$~e1$jp$$ag$$s%$qrJ$e
    w,$qo$$id5$eb<$mU$i)$aM$bs'$qE$wW$zx$$zf$$aK$cz)$ym'$e~'$dV${vD$c+$xD$g}0$bx.$qA$wk9$m5$h\$ok&$s
    y*$du&$~n5$qi&$os$$f@$mI$qm,${-$|}'$e-$fq+$tp$$k'$o/$itH$`n8$zx.$|t$$hu>$fx+$pH$a|'$i'$p~&$|j$$z
    d&$sk$$iz)$`d($|`*$xk@$al;$haF$`e-$y)$uy$$n8$u{$$w7$xT$xn$$aq0$vxG$x|*$uz=$dnG$s{($y}*$gv3$qk;$p
    >$xs%$~b($bt4$dmF$mA$wm&$}d'$l6$l8$bh$$yx%$x@$nc'$h~&$H$kw&$bv$$daF$}s0$re0$ry1$`P$eh+$g{*$ha%$w
    G$}i?$pi%$hv,$px%$q'$}9$gg'$rE$yg0$yhB$p}=$bc<$j%$pv($ag$$uz/$iw3$vk+$~l%$mr7$qu%$kn)$wx($rw8$gg
    )$ll$2aM+~o)2a~,$`w3$}]$nJ$h$$2$x$${z1$he0$qS+tk%+~r$2xx$$x.9ig&$>$|$$em$$az($tc%$hzG$h6$t($r:$Z
    $c)$`H$z($l($p@$x($w_$8$rf$$w/$p$$p($sY$q+$k-$jB$ws$$r,$c3$`H$h.$pB$ik$$g-$:$%$4$0$2&&e%$s-$h&$t
    6$nF$N$u%$w5$q+$qA%&c+$|@$bp$$v*$o9$u%$p<$o%$jN$n*$fq%$l4$}%$fv?$tai*$bdv)2~t=$z\$`'$pA$i?${%$e7
    $k%$sM$u&$n&$x&$zJ$y'$m+$D$o3$z.$r^$2$k+$n&$k5$u)$q&$v*$`%$o+$j&${;$w'$q%$z2$p4$r,$,${%$lf$$h&$i
    ;$p<$C$u'$j2$w7$zi%$~{$$})$`*$e7$u+$o%*&t0$g-$F$V$s'$7$s;$kA$q3$d.$p0$}+$k7$|.$rX$f,$p\$o?$p&$D$
    g5$w%$}$$q%$)$E$~&$i'$v:$fF$j6$c5$j0$pd$$v($o)$t*$l$$<$e%$~P$am$$sfw($/$ce($xst*$bl$$f$$tlc+$}r'
    $yc4$qog*$|&f1u{s$+V$C$G&&*&'4*&>$ya%%(|a%%'U&*&-)2.&0'&*'&*&(*$G$+$8$6,&l&%(o'%(*%((%(/%(.%(/%(
    z$%((%(g$%(%%(*%(&%&0%&%%&(%&/%&D%&1%(b'%(a)%(,%('%&6%(&%.p)%(a+q)(m$%&X%&%%&($%%&,%&/%&,%*g*e&(
    $u6&W$X%*zh%`,{h%j2)g8&c$oQye%&&bo;&&dn;$U$`$&&fo;o'mp*$%%&t{2&&r%*&m'&&fk;&&+&&/&&'&(,8&vl;%(z%
    %'d&$j%$bo;$|n;+>$%$.$_$w`3&&h`3*&m'&&fk;$zp;$*&&,$**&B$&+b$&&t%$\D,c$+gf%%(0%&f$%&e$%(j$%&i$%(&
    %&b$%(]%(&%(&%(&%(&%&&%&&%&&%&&%(&%(&%(&%(&%(&%(&%(&%(&%(2%(&%(&%(&%(&%(&%(&%&&%*(z$3xh%l$+V&>r$
    &)/$l%&By%&&q|7$gn%&&8$9$f2$5*)h'*'j&$c$$w%*)z'*06*(V&)2$2$*$*$*&)**'0&).$0$,&&z'-&|y2$a-${,&&a-
    &'},&*g-$v+&'K$Z&.S;*w'4*04*04'0;&x}*$8$b+$v*$%$za3+{i$&(}Z$ee$$z$fr)Ltny%z@Hm-kE/l.-3<-+D-&4`r%
    &k}m&+r%$sF+iG$k|{$$f|{$$%%'fG$jB$0$|&$o&$'$wB$nF$kF$nF$n%$^&&p$$bG$r~f*$q~f*$gC$o|e*$lze*$oze*$
    o~f*&&qC$lC$uC$|{e*%&m~f*$`D$t$$'$g|{$$d|{$*&kF+zD&&H$5&'~/$aif*$o~f*z{*Wk}r&pg8Dhl(rmd'DhsOvoc(
    >{~h(&>$&>$&+$-64&>3&>$'&$$*2*4&*4(,-,.&(G.&.&**-/2&>A&>$&&$-(*4,0-+6->G&&$-(*-).+0;+,->G&>$&>$&
    >$&>$&>$&>$&>$&>$&>$&>$&>$&>$$4${?45n:$2&+:$}c2&5be2%&H&*&$qc2$od2*&*$@$-$%&5A$2&+:$}c2&5be2%&H&
    *&$qc2$od2*&*$@$-$%&5A$2&+:$}c2&5be2%&H&*&$qc2$od2*&*$@$-$%&5A$2&+:$}c2&5be2%&H&*&$qc2$od2*&*$@$
    -$%&5A$2&+:$}c2&5be2%&H&*&$qc2$od2*&*$@$-$%%&^oo/kZY&32095$0+;$Dfm4Fgkl*ob+&`ji*$.$*+V$O$-$8$J&(
    1$C$0$4$;$>$E$*&&7*&,*'4$u%$~&$U$h%+s&$,+Z2W+^&(1$C$0$4$;$>+?&&7$,+4+,N?@&+^.&/$E$0++$>+?2/+4+,+
    j*+{&+s&$,+Z2W$8$J'&1$*$I$0$4$;$>+?&&7$,1'4$u%+k%-&|)$.$*&&T$M$-$8$J-'/$E$0$4$;$>$E$*&&7*&,*'4G?
    $,$*+V$O$-$8$J-'/$E$0$4$;$>$E$*&&7*&,*'4wp&gc%$B;>EsKhw;`%am<${u%$s`&$mt4$wz1$ls'$y~;$y};$xr'$}o
    .$yz'$od($wh,$za)$fn)$tv,$jm,$t~8$mj&$zp.$iq=$|o$$si0$mt($n.$kk-$6$jiE$iz<$vk*$mb%$ca*$pr8$c~8$|
    j.$d2$`o6$gc0$j~%$%$bq)$ap4$`X$hwAr&bo<$qf(z}v1ca%$-$6$run)$acn)$c'$>$t&$y)$b$$c'$S$t`1$db`*$kxo
    )$2$D$J$gco)$|l~)$wh1$p$$zdo)$edo)$>$`Q$qQ$6$b~{+$|y{+$@$jp1$~s1$:$|$$.$jt1*&py1$^$P&&:$H$i%$4$6
    $V*&8%&($ivp)$hia)$fh1$N$eeq)$kdq)$0$N${+$s($D$d$$y%$o'$X$l&$D%&f$$N$H$4$B$`8$r3$u3$y.$j$$dk$$bu
    %$s4$p$$V$m*$z,$%$`*$zts)$ips)$.$B$L$4$f&$hgt)$j&$rbt)$c%$<$d'$g+$z{4$@$mf5%&q%$e|t)$qst)$N$B$<$
    egu)$kfu)$2$rX$wV$`p5$at5$@$k'$j%$mlv)$t`v)$y`v)$`}u)$)$F&&r($sb6$nd6$z$$N$|$$ch6$rrl*${pl*$ak6$
    *$*$L$jm~+$}i~+%&t|w)$khe)%&~q4$pm6$hqu*$pc;$bcz*$6$mp6$os6$k%$8$h$$z*$w|6$_$}`7$p`y)$f|x)$l**&,
    $$$a%$L$l$$?$:$c%$L$,$X$:$j&$o'$j$$b*$ayy)$gzy)$g&$a)$Z$j($h~y)$gzy)$a($[$dc8$qo8$N$b$$o$$ml8$lz
    8$^$tj{)$}b{)$}3$j-$j`9$`e9$bf9$k$$tb.$*$yl-$o($r{/$ulB$dx4$,$0$`&$9$vi|)$axt*$fy9$r)$i/$k%$}`|)
    $j`|)$f)${1$}f:$}i:$j($t&$j.$eb|)$z}{)$k|:$|a;$t{|)$jx|)$ua;$tc;$~$&&Z$dr})$lv1$n}1$ro})$tm~)$jf
    ~)$@$s($k-$t$$w%$p%$t$$B$>$|~})$ce~)$h2$d&$dg<$em<$+$fg~)$nt~)$d:$pe~)$e%$|b~)$o)$Y$)$m|<$o`=$k%
    $/$q%$jo}($oe}($`y~)$ks~)$qi`*$o``*$>$Z$~ea*$zba*$N$}ta*$n0$pta*$F$he>$~f>%&ef>$tp>$N$N$L$p&$ur>
    $px>$j~b*$s|b*$rcc*$j`c*$`dk)$txj)$qid*$R$c+$fnb+$<$eh?$tpd*$%$r$$X&&ard*$&$z$$pj?$wn?${m?$g'$ze
    d+$qoe*$b&$f&$nx?$oce+$daf*$thf*$z$$vgf*$`($bg@$rl@$8$.$fig*%&k5$frg*$ej@$dng+$aug*$*$|u@$oyg+$o
    qg*$f`A$taA$-$^$obi*$b{h*$icA$xiA${%$l&$rnA$qhj+$b$$dhj+$rqj+$npi*$`wi*$gui*$r($:$sij*$x&$mhj*$a
    qj*$~oj*$ovn)$m`p*$imB$i'$`oB$zrB$op6$du`+$@$bx=$6$p`n)$*$vg)$abJ$pcC$/$H$lp;*&vq;$<$v$$oel*$pel
    *$u%$r&$z&$}*$`,$x$$i)$y2*&w)$H$wel*$`6$v+$l|n+*&k~C$n$$tqo*$rlo*$k}l*$yap+$,$ejp+$v4$d|p+${qD$<
    *&:$j&$e$$v*${$$y+$h'$l&$Z${~D$xeE$d$$seE$xkE$*$ifo*$x}n*$2$`pE$zqE$n{N$r~}+$}-$}wt+$6$tdF$a'$f,
    $e/$mmp*$zgp*$P${'$`($neq*$goa$$yoo($A$m%$p{o($xlo($p($cxs*$Z$kcs*$b($d$$aps*$kos*$n4&&j,$|'$t:$
    \$nnt*$ius*$snJ$oqJ$blt*$gx}+$q}J$ql@$xr@$mtu*$y/$a~`,$4$tgK$~vv*$tza,$vdb,%&f}v*$`$${nw*$|bw*$b
    lK$upK$f*$Z$}%$ltK$mbe,$gzx*$q5$h.$kvL$b$$g{L$prz*$}mg,$pqg,$e3$p*$tyz*$kkM$loM$.$2$8$2$n$$dl|*a
    Gd((d$F'.$(KF'*$(GJ+.+&~$,;&B;$&:$*&G,;&B;W&&&$&%&/&(|&$&{&|&,&j+t&,&&7$&87u%&%P$&OP$&OP$&?'$&('
    $&('$&,+$&,+$&,+9&5,$&+,1&%P$&OP$&OP,&U,$&+,r,&sM1v4&qI^qA&c]r$$&o$p$$&m$n$$&c$d$$&YZ$&WX$&EF$&=
    >b&&r(Z$&WX%&=>w$&u)8&&+,F&o$p$$&m$n$$&c$d$&&EFg*&z0Z$&WXn9&vTYe&&b,YL&1G$&H7j%&n,s)-&}(~((&s(t(
    (&i(j((&~'`(0&v)s)-&m&&%&%*$&b&h%$'i%g&B$&k%j%$'k%i&B+&AB5&Hn$-&YZ(&OP(&EF(&;<0&q$n$dr%&fe*,y-&+
    cI'&|G$t.&o&$$'$$$0&1$$'$$$%&ob3$$'$$$(&zb3$.&`$$$&$_$&$`$1(S$$$t$&|&&{$'Gh%m%$''h%n&%&`&`'%'$l%
    f&$';l%r&&&{%y&0&4&-&,/$'2A2$&41<'1-R8(v'F'4$(QF'8$)UF'(%$(CF',$(IH),$(IF'0$(MH)0$(MJ+0$(ML-0$(M
    F'2$(ON/2$(OF'6$(SJ+6$(SN/6$(SR36$'SF'%&y%$$'$$$$&$>%&$=$'>=$$(>=$$$&$B%&$A$'BA$)&$$$'$$$$&$>%&$
    =$'>=$$(>=$$$&$B%&$A$'BA$1(w&D%,i'&cc4$$'$$$%&*$$'$$$l4&lc4%$&&$$&$&$&%($&'*$&),$&+.$&-0$&/2$&14
    $&1'$'363$'%85$'%:7$'%<9$'%>;$'%@=$'%B?$'%DA$'%FC$(%6%1$(%6$3$(%6&5$(%6(7$(%6*9$(%6,;$(%6.=$(%60
    ?$(%62A$(%64C$(%8'1$&4)$&,+$&.-$&0/$&21$&43$&65$&87$&:9$'*%'$'*$)$'*&+$'*(-$'**/$'*,1$'*.3$'*05$
    '*27$'*49$',''$'/w%t%$'%y%v%$'%{%x%$'%}%z%$'%`&|%$'%b&~%$'%d&a&$'%f&c&$'%h&e&$'%j&g&$'%l&i&$'%n&
    k&$'%p&m&$'%r&o&$'%t&q&$'%v&s&$'%x&u&$'%z&w&$'%|&y&$'%~&{&$'%a'}&$'%c'`'$'%e'b'$'%g'd'$'%i'f'$'%
    k'h'dN(wc4$$$l%'sb4$*$&$$$'$$$|T&uv;(d%&v$Nj*'d|;h~*e~*$'%l~*i~*$'%n~*k~*$'%r~*o~*$'%t~*q~*$'%v~
    *s~*$'%z~*w~*$'%~~*{~*$'%a`+}~*$'%e`+b`+$'%g`+d`+$'%i`+f`+$'%k`+h`+$'%m`+j`+$'%hq}$eq}$$'%d`a%a`
    a%$'%bgb%~fb%$'%}td%ztd%$'%{{e%x{e%$'%ycg%vcg%$'%uqi%rqi%$'%q`l%n`l%$'%ogm%lgm%$'%kuo%huo%$'%i|p
    %f|p%$'%gdr%ddr%$'%eks%bks%$'%crt%`rt%$'%~~m%{~m%$(%`ol%aA{nm%$(%`ol%tz*oju%%'%wnKtnK$'%xwKuwK$'
    %joKgoK$'%`fP|eP$'%ixKfxK$'%jiMgiM$'%}nKznK$'%fiMciM$'%wtKttK$'%phNmhN$'%eyXbyX$'%fy]cy]$'%rq[oq
    [$'%g{Xd{X$'%yro$vro$$'%ljPijP$'%lfXifX$'%{lYxlY$'%gyXdyX$'%}ob$zob$$'%uuNruN$'%d|^a|^$'%dzl$azl
    $$'%}qb$zqb$$'%m~Mj~M$'%l}Ki}K$'%z|Nw|N$'%asR}rR$'%aha$}ga$$'%j`Lg`L$'%r|l$o|l$$'%wiNtiN$'%~rb${
    rb$$'%kaLhaL$'%edg$bdg$$'%wdg$tdg$0't&,A$&j%%$&&$$&$&$&%($&'*$&),$&+.$&-0$&/2$&/)$&*'$&(%$&&$$&$
    &$&%(@&quo%vu2$&j~0d=W&dcm%*$&),$&+.$&-0$&-+$&,)$&*'$&(%$&&$$&$&$&%($&'*$&),$&+.$&+-$&&rxX$&oxXp
    xX$&mxXnxX$&kxXlxX$&ixXjxX$&gxXhxX$&exXfxX$&cxXdxX$&axXbxX$'qxX%txX$'qxX$rxX$'qxX&pxX$&`uX%$''>9
    $&'F$'74CS&ryKo`%$(fd5c%z$l%$(o$x&Ol%$(&i'Ut%$'${'E$(s&r$t$k&$';e'h%$'Y*z&$){&F7a'j%$(e$o'h'i'$'
    j'x&x%$'Ak'[$'n%1r&$(c&b&o$.$(]j&)H$'f'h&0$'s&t&M$&d%'$'(^g%$(d'u%.H$(b'`&y$}%$&d'f&$)e&f&~%w%5$
    *j%f&;Zl%j$$)a&f&({$.$'Sw%5$)d%w%5Sz$$)m&}%b%Sx&$(a&b&Bb%$'[|&k&$'/u%e$$'Qx&a$$(s$E:}%$)p%b&h%{%
    [$(u$k%6k&$':u%h%$'/u%y$$'3}%k&$&@C$&Hh$$&i$z$$&u$,$'$9.$'2y$d$$)>z$g&u%y$$'6z$t%$(<|$C%$)Qh%RBj
    $$'Qm$}%$&Qe$$&d$T$)Ol%v&o$0$(<h%y'l%$)@I;Cn&$'OL8$)Yu$D`&E$&E]$'^A2$'0Jq$$'PVx%$'f$h$m&$'f$j$~%
    $(`$v%e'y$$'LBi$$&JT$'OPw$$'Hf$E$'Cf$5$(Mx%:b&$'Ax%t&$'=Y<$'B>|%$)c%N|%e%<$(Kd%b&0$&K:$)9:W|$E$&
    7n%$(o%n%\z$$(GZl%j$$'1Tj%$'ZTE$'-m&i'$(5q$.j$$&%%$'(Qt$$(EFo$N$&&;$)<2y$Oh&$'+{$.$&s{;v}]$&s}]t
    }]$&q}]r}]$&o}]p}]$&m}]n}]$&k}]l}]$&i}]j}]$&g}]h}]$&e}]f}]$&c}]d}]$'s}]%v}]$'s}]$t}]$'s}]&r}]$'s
    }](p}]$'s}]*n}]$'s}],l}]$'s}].j}]$'s}]0h}]$'s}]2f}]$'s}]4d}]$'q}]'v}]$'q}]%t}]$'q}]$r}]$'q}]&p}]
    $'q}](n}]$'bz]4A$&*)$&$L$'I%F$&)2$&/=$&&6$'56z%$'i%6x%$&q%<$&nbTw]$&`f$fl+$&dn$gv+$&cz$jq%$(nm$m
    z&ro*bn8$&hkb$A$&>=$&oYnY$&<;$&87$&85$&:9$&.-$'&':$(%3':$&,7$&43$&eYdY$&eYbY$&0/$&,+$&&H$'A)H$'=
    -H$'I&H$'/;H$&{WwX$&&%$&34$&%&$&/2$&&%$&vXuX$&$$$&78$&'($'$$z%$'g%8z%$&{%z%$'w%(z%$'{%$x%$'e%8x%
    $&y%x%$'u%(x%$'y%a&n&$(/a&n&g&$&b&A$'8.A$'<*A$'06A$'FE*$)@E*n%n&$*%E*n%n&g&$&b&*$&-.$&jXiX$&/0$&
    )0$&34$&dXcX$&56$&9:$&56$&/2$&56$&bXaX$&78$&;<$&78$&;uY$&pYqY$(iZj%d&c&$&m%B$&?$$&$&$(%l%}%+$'+<
    g&$&q%'$&.H$&E1$&24$&1.$&)$$&$($&'6$&3&$&%($''*3$&.<$&99$':+*$'&()$&,3$(4i&d&c&$'j&$)$&*($&&%$&&
    *$&&M$'Ls&b&$';h%b&$&|%yeX$&veXweX$&teXueX$&reXseX$&peXqeX$&neXoeX$&leXmeX$&jeXkeX$&heXieX$'xeX%
    {eX$'xeX$yeX$'xeX&weX$'xeX(ueX$'xeX*seX$'xeX,qeX$'xeX.oeX$'xeX0meX$'xeX2keX$'xeX4ieX$'veX'{eX$'v
    eX%yeX$'veX$weX$'veX&ueX$'veX(seX$'veX*qeX$'veX,oeX$'veX.meX$'veX0keX$'veX2ieX$'teX){eX$'teX'yeX
    $'ibX/:x{@&*7uc8&&$$&$*$&)0$'/$*$')$0$&2&$&%&0&tt$($&'A$&B5$&J3$&'1[&n(<a'&e)i$$&j$i$$&j$)$&*)$&
    *'$&('$&(d*$&c*d*$&c*b*$&a*b*$&a*f*$&e*f*$&e*$$&$$$&$$$&$$$&$$$&$$(&$_$&`$]$&^-$&.$$&$$$&g$,$&+.
    $&-0$&/^$&]h$$&g$h$$&c$($&'*$&),$&+Z$&Yd$$&c$d$$&a$&$&%X$&Wb$$&a$b$$&_&$&%V$&S%$&&T$&Q'$&(%$&&R$
    &G1$&2/$&0-$&.H$&C3$&4D$&A7$&85$&63$&4B$&?7$&8@$&=>$&;=$&><$&9?$&@:$&+M$&NK$&LI$&J,$&+6$&56$&3M$
    &N*$&)4$&34$&1[$&\Q$&RO$&PM$&N&$&%($&'2$&12$&/S$&TQ$&RO$&P&$&%0$&/0$&-U$&VS$&TQ$&R$$&$.$&-.$&+W$
    &XU$&VS$&T%$&&,$&+,$&)Y$&Z'$&(*$&)*$&$_$&`$]$&^[$&\-$&.$$&$$-&$U$&VS$&T-$&.+$&,$$&$$$&g$6$&58$&7
    ^$&]`$$&_h$$&g$h$$&c$2$&14$&3Z$&Y\$&[d$$&c$d$$&a$0$&/2$&1X$&WZ$&Yb$$&a$b$$&56$&56$&34$&34$&1[$&\
    &$&%($&'2$&12$&/&$&%0$&/0$&-_$&`$$$&&M$&NK$&L%$&&$$&$,$&+,%&$U$&VS$&T-$&.+$&,$$&$$$&$_$&`$]$&^[$
    &\-$&.)$&a$,$&+.$&-0$&/^$&]b$$&]($&'*$&),$&+Z$&Y^$&[X$&U&$&%V$&S%$&&T$&Q'$&(R$&G1$&2/$&0-$&.H$&C
    3$&41$&2D$&A7$&85$&63$&4B$&?7$&:>$&;=$&><$&9?$&@:$&+M$&NK$&LI$&J,$&)M$&N*$&'Q$&RO$&PM$&N&$&%($&%
    S$&TQ$&RO$&P&$&%*$&'U$&VS$&TQ$&R$$&&W$&XU$&VS$&T%$&&&$&$Y$&Z'%&._$&`$]$&^[$&\-$&.)$&*-$&.)$&a$^$
    &]b$$&]Z$&Y^$&[X$&W\$&KH$&GL$&IF$&EJ$&+&$&%($&%&$&&%$&&&$&*-$&.)'&CJ$&IJ$&EF$&EF$&CD$&CD$&QR$&QR
    $&OP$&OP$&]^$&]^$&_`$$&_`$$&[\$&[\$&MN$&MN$&KL$&KL$&O3$&41$&2/$&0F$&E)$&('$&,+$&.-$&0J$&IJ$&EF$&
    EF$&CD$&CD$&QR$&QR$&OP$&OP$&]^$&]^$&_`$$&_`$$&[\$&[\$&MN$&MN$&KL$&KL$&O3$&41$&2/$&0F$&E)$&('$&,+
    $&.-$&*3$&41$&2/$&0F$&GL$&IJ$&C@$&G1$&2/$&0-$&03$&41$&2/$&6@$&=>8'Y(V$'Y*%$''*%$''*T$'Y,R$'YZU$'
    'ZS$')ZQ$''VS$'%VS$'$T.$']T.$'Q/%$'21&$'01`$$'QHS$'0HS$'0HU$'2H$$'GH$$'C3$$'43$$'4D$$'E1T$'E1T$'
    E3`$$'OFQ$'0FQ$'0F$$'EF$$'A5^$'K3R$'A3R$'?@S$'8@S$'8@$$'?@.$'E=V$';<$$';<$$';<.$'C:$$'9:.$'C:.$'
    5IR$'+IR$')*S$'N*$$'%QT$'%Q^$'/Q^$'/S$$'TS$$'TOR$'%OR$'%&S$'R&S$'TS%$'VST$'$S^$'-U&$'TUV$'$Q'$'V
    QR&'$U($'V'U$'Z'$$'&UT$'&U^$'+WV$'&WV$'&W`$$'+%.$'+%.$'$-$$'.-$$']0\$'c$(`$$'c$(`$$'c$,\$'c$,\$'
    c$Z.$'c$Z.$'_V.$'_&^$'_V.$'Q-\$'M3^$'O1^$'K5^$'/S`$$'/&.$'$]^$'$_`$$'$-.$'-$.$'3*.$'+U^$'3*S$'RQ
    T$';<.$'1(.$'+W&$'TQ\$'/SV$''($$'%SV$'&W&$'%&^$']%`$$'-U`$$'5,.$'g$.^$'1($$';=V$'CD$$'G-\$'+W`$L
    'MBg+$'j+(g+$(b-^$*$(c$\Y6$(LSTO$(0B9<$(K(N+$(9:0)$(&MF&$'CB0$6MB0zh%sf%^$*th%xg%:0)th%wh%MF&$,U
    Tnh%}f%T]^*$(OVi$^@'qg%$$:&$$l(&rg%]$&^]$&^]$&^]$&^]$&^]$&^]$&^]nh$&lb%,~wW&ev~)@$&=>$'=>6$'O>8$
    'Q>:$'S><$'U>>z$&t&n'$&q'p'$'o'n'6$'~&p'6$'|&n'8$'|&p'8cj*&c{~)'$&(+$&.-$&0/$&21$&43$&65$&87$&:9
    $&<;$&>=)'+w%t%$'%y%v%$'%{%x%$'%}%z%$'%`&|%$'%b&~%$'%d&a&$'%f&c&$'%h&e&$'%j&g&$'%l&i&$'%n&k&$'%p
    &m&$'%r&o&$'%t&q&$'%v&s&$'%x&u&$'%z&w&$'%|&y&$'%~&{&$'%a'}&$'%c'`'$'%e'b'$'%g'd'$'%i'f'$'%k'h'$'
    op;uk;xk;&&xl;&$&J*?&G@$&56$&)A$&B$$')$0$&&K>&87$&85$&6.G&?0t%&}r;d%$&x($b$'i,`k?|j?$'%z}1w}1$'%
    ig2fg2$'%yd9vd9$'%wmDtmD$'%}w<zw<$'%xuGuuG$'%rp4op4$'%wk>tk>
    """#

  /// How a scalar is treated that nothing replaces.
  static let classes: StaticString = #"""
    c9$t/$k$$+$f%${%$x1%r,$Q$t/%*$`$$*%,%*$,$($S(a&;w/d$kb'6S0y,%,%a)$z=&($p%$($e/%?%,%%'?Wg65%&,%q[
    $,$[$5%{f$O^M7&F%t4$*$($*$5$*$5$*$(,`-(L%*/i$$F$7$,$7$9$l&$*$($D$c/$(${%$r*.Q$2$\(mG%*%d%$,$i$$2
    $5$,$O$~'$9$%$v'%(%&Ba-)y5Jj&^o%&,$D'&$9:M%o%%@%Z&d(>@&*5w+$,$f$%5*d%$i3$m8$MZ@%h)%t$.3$i'4@\&%t
    $&3&@-&.329*9%*$&&@\&%Z(3&@'&B3'&$*.@\&%b%%@%@830*$,,g$%@\&%t$&3&@+@.30,5&_Z'@%M-&?h%)Z[&%t$%@%M
    +3/37*+,%@$*[&%t$%@%M+3/3@M[3%t$%@%M%,+&.39,+@j$&(g$%&%b%63$*`$&&t$(,+b%$i'y$&&o%/g$WF$d($,$*$F$
    3$m$8,$&$,$&$,$&$Q$3Uc*$*$3)j&%y0%h%$&$m$%9$^$S$7t$c*/k$*M(@%@&t$'M1w&%`($9`%*(})p$5$x*Vi-i/@$s%
    Kc&k%*b6,$*5)>7r$DHM@@$7?3B3d$5$i.$D%D$,%&Fn&$\z%3F&{%w&(w&(,'7~&e0;Z&7Y|%%{-&&Dx$%k$&s'$($n(UZS
    z(9x$$c&$o%$u%$7%@Be'\r',QHc*'^b$7d$f%,@$*$p*(&*&&@*d4c$y5Ir<c'xJw*5$/$5$|+$6$\%c0$,${&%o(Tw/3f'
    $O$'$B$x&7}@%,X%)9(rb'$Q$ry%=p&|'cj&$0$,$0$x}%$v'Bn6$7$|.$a&$s($)$xf'$b+$j<$Q$j/$7$wa'&j/%}M{%f$
    n%m$(@+Q%7u%*2&e%e/$q5%h/$9${&Fy,%yFg*}&)D$,'a&$9${&$,-g$$**,)*$9}$4)*~$*m%(O9R`1b',ch)w<|a9~8[7
    w*DU~4$'$B$*$}%$*$z-&4t$3$k$,q+-9%aL%9(|71%%%%Y@{%&&'&(&;Z$S$&-S^Q,3Vh),74i)*D%*&&Jb%$7;e'/*DMSr
    '$i'47)&g$r'0&,32Q;F%@V&%@&3)3%&@7/Z$7'3]s1),(n%%9|%b%$*$3`c7(y&a)z+Bm$7$s(e&,QF$o(4n(97N(%%'q%e
    &(g'(s$g'$,l*DXu%]a)&F%k'',Sx4$&k)&{&[H*T*m/*a:*C9m'*C*i(@%3)ML@(&4s%J*l$,@3-x$f$x$}$Qu.Mq.3$*~&
    j&(^LM$Q{%@Y`($x$F&&3.MQj&$7$($Q$&.(V@Hr'/Q%3P&$7.@Tr'(Q$M$*$3/*%Dp$w&$k$$&o%*Yw&9M['$&%t$&3&@-&
    .3&u$'[h(h)(~(%*$&u$c*&*q)t$&o%$o+(3v$z($D@i'b$e'%*h%`(4D$,u)`($*})g$%3&M%&%3$Dp&t$&t$%*%&@|%Lt$
    %M$f%$&-j&Rm($D%^z.b%%b%%^N7D}*%r'`&g$'&%3%t$%&f$Z%3%Zh-M$7e)b.1*vF^|a%7bEq%vm07f&Z$*^t$$^$S(*$,
    n=Q{'&%x8+Ms$*%&/3em6,$3$*$Ou{&`5&k+-qR`$bj%.h2&d8+Z$F$g$$d%$b%$9$t$$o.$M$o;9r=$A$,b(lFqHs|($x8$
    S$u6$h%$&$x'$&$9$^3Z%`(uEz-l)u$%{(&u$%4%[o*t$<,k-&a$M3,bRt$r%t$77i=,',c&,q09x*k4(zK0f(&f(%f(%m1;
    me$\z,e%m$a'el%$\$fz+)s('k''qR0gG+}&(,3}&(l9,c&*u2,o.&9r$or&0x'&`$'`$'z$-b.'p&)m$.c&*h%,z$-q_%~8
    rnm<nlY
    """#

  /// Canonical combining classes of the marks that can stay.
  static let orders: StaticString = #"""
    w+z:tq'$q)$}A$q)$a)$fJ$z0$}A$z0$w{$$dC$}A$`:&o)'o)$u9$`:$m1%`:$}A$o)$q)$m1$o)$r)${1$r)${1$r)$rm%
    }*pJ`7HBo)$e)$w1$e)$w1$u9$o)$m1$o)$e)$`:$e)$o)$e)$o)$e)$o)$e)$w1g'a[$e)$o)-e)<hB%qk$%`:%pJOu9i)+
    4-'o)$e)$w1l%+4-To)a$+4-s%+4-s%+4-e&-s%+4-+x$$`%j%+4-r%s*4-b&-r%t-$-1i>q%d.$-1x>p$m1?e)%e)%a)[g&
    $h&%j&)a?&h&%w1$-%w1b$e)u%+%s*v$e)h9`:t@s*B-d'-.o)s(m)u&g)$o)$e)d)o)$e)k$-8ic$&e)TpJ$nR$w1$e)%m1
    $w1$m1$pJ$e)$hBj%+3-Jo)$e)$a[Zs*^+/s*g$+~&`:%%$fJ$w1$}A$o)%tS(e)*o)'w1n(w1$e)$a[$e)$w1$s)$~($e)$
    r($xy+$q)$u1$e)$c)$o)$r)$e)$o)$e)i9w1$k*$hB$s2$w1(o)'k*$o)$e)$o)$k*$}A$o)cf%`:s&-e%oo*}3c)$m)$q)
    $g)$q1n%r*clAo)(ys$Dw1t$w1~*-I-}&-?{w&]u9I-d%+0-x)o)%w1$e)&w1)w1%o)X-`*-z{7a[$vZ$w1nAe)k)e){&pJj
    Xe)%o)Lo)$%$e)(-l'o)$e)q4hBq.w1`'m1$`:$e)$o)$}AUo)$e)$o)$e)h(-M-2-]-$+i$`:Ts*b$+p$--+o%-$+y'+$-t
    $q*4-<a['pJu(-'+;o)h%-$+e*-$+d&-{%-$+x%-w*-$+l*s*(+c'-w$-6-u$-t/-l*+%s*u$-xr6dC_a[bIp*gm6%sp'i1$
    s2'k)$bJ,~b$&pJ$m1BhBz&`:nt%a[%so&&a[%w1%pJo*a[e.o)a$hBrRvZr%xR$+
    """#

  /// Pairs that compose, Hangul aside.
  static let pairs: StaticString = #"""
    q%um$L&,<&'6&z&5,$D.n.5,$B&$D.o$p&(X3,$F0%5,e&D(~%P&++,$B&$D((:&b&3,$F0%5,x&A&$7*$0.'G&}46&{{$e%
    &&a%&&|$&&x$&&t$&(l$&M-&&1&&5(%7('=&sr'm'c')c'&&~&&&z&&&v&&&r&&&n&&&j&&&f&&&b&&&}%&&y%&&u%&'o%&&
    k%&&g%&+x$&$z$('r$&$t$('l$&$n$('f$&$h$('`$&$b$(F+&-=c')G&&K&&O&&S&&W&&[&&_&&c$&&g$&&k$&&o$&&s$&'
    y$&&}$&&b%&+p%&$n%('v%&$t%('|%&$z%('c&&$a&('i&&$g&(8r'4%t'4%v'4%x'4/o(&tq]f$&&b$&.N0r&7)%9)h35,$
    D.`.5*$&($,.i*5(%7(z>-*
    """#

  /// The zero of each script; the nine others follow it.
  static let zeros: [UInt32] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6,
    0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0,
    0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620,
    0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066,
    0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0,
    0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2,
    0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
  ]
}
